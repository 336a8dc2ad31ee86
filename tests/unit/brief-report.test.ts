import { expect, it } from 'vitest';
import type { FlowRun } from '../../server/contracts/flow-runs.ts';
import { briefRun } from '../../server/routes/brief-report.ts';

it('tells a thousand rejected lines of an import, and any other report whole', () => {
  const rejections = Array.from({ length: 1200 }, (_, line) => ({ line, reason: 'x' }));
  const run = { kind: 'import', report: { rejections } } as unknown as FlowRun;
  expect(briefRun(run).report).toEqual({ rejections: rejections.slice(0, 1000) });
  expect(run.report).toEqual({ rejections });
  for (const other of [{ ...run, report: null }, { ...run, kind: 'calibration' } as FlowRun]) {
    expect(briefRun(other)).toEqual(other);
  }
});
