// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportChoices } from '../../server/contracts/flow-imports.ts';
import type { FlowRun } from '../../server/contracts/flow-runs.ts';
import {
  cancelRun,
  resume,
  run,
  runWithoutRejected,
  skippable,
  stage,
  startOver,
  trouble,
} from '../../web/src/datasets/import-store.ts';
import { page, refusal, serve } from './serve.ts';

const choices: ImportChoices = {
  mapping: { origin: 'a', destination: 'b', wide: ['c'] },
  name: 'Extrait',
  year: 2023,
  rejected: 'refuse',
};

const flowRun = (given: Partial<FlowRun>): FlowRun => ({
  id: 7,
  kind: 'import',
  name: 'Extrait',
  status: 'running',
  progress: 0,
  step: null,
  dataset: null,
  code: null,
  message: null,
  seconds: null,
  createdAt: '2026-11-22T00:00:00Z',
  report: null,
  ...given,
});

/** The browser's side of server-sent events, driven by the test. */
class Events {
  static readonly CLOSED = 2;
  static last: Events;
  readyState = 1;
  onmessage: (event: { data: string }) => void = () => {};
  onerror: () => void = () => {};
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    Events.last = this;
  }
  close() {
    this.readyState = Events.CLOSED;
  }
  tell(state: FlowRun) {
    this.onmessage({ data: JSON.stringify(state) });
  }
}

beforeEach(() => {
  vi.stubGlobal('EventSource', Events);
  sessionStorage.clear();
});
afterEach(() => {
  vi.unstubAllGlobals();
  stage.value = { name: 'choose' };
  trouble.value = null;
});

describe('an import that the page follows', () => {
  it('goes from step to step, loses the server and finds it again', async () => {
    const calls = serve({
      'POST /api/flow-imports/u/run': () => flowRun({ status: 'queued' }),
      'POST /api/flow-runs/7/cancel': () => flowRun({}),
      'GET /api/flow-datasets': () => page([]),
    });
    await run('u', choices);
    expect(stage.value).toMatchObject({ name: 'running', run: { status: 'queued' } });
    expect(Events.last.url).toBe('/api/flow-runs/7/events');
    Events.last.tell(flowRun({ progress: 0.4, step: 'Lecture' }));
    expect(stage.value).toMatchObject({ run: { progress: 0.4, step: 'Lecture' } });
    Events.last.onerror();
    expect(trouble.value?.code).toBe('unreachable');
    Events.last.tell(flowRun({ progress: 0.6 }));
    expect(trouble.value).toBeNull();
    await cancelRun(7);
    expect(calls).toContain('POST /api/flow-runs/7/cancel');
    Events.last.tell(flowRun({ status: 'cancelled', message: 'Arrêté.' }));
    expect(stage.value).toMatchObject({ name: 'ended', run: { status: 'cancelled' } });
    expect(Events.last.readyState).toBe(Events.CLOSED);
  });

  it('says so when the server knows it no more', async () => {
    serve({ 'POST /api/flow-imports/u/run': () => flowRun({}) });
    await run('u', choices);
    Events.last.close();
    Events.last.onerror();
    expect(trouble.value?.code).toBe('run_lost');
  });

  it('stays at the columns when it is refused at once', async () => {
    serve({ 'POST /api/flow-imports/u/run': () => refusal(422, 'Deux rôles.') });
    await run('u', choices);
    expect(stage.value.name).toBe('choose');
    expect(trouble.value?.message).toBe('Deux rôles.');
  });

  it('is found again after a reload, under way or over, with what was confirmed', async () => {
    const bodies: unknown[] = [];
    const report = { rows: { read: 5, kept: 3, outside: 0, rejected: 2 } };
    const failed = flowRun({ status: 'failed', code: 'rejected_rows', report });
    let runs: FlowRun[] = [];
    serve({
      'POST /api/flow-imports/u/run': (_, { body }) => {
        bodies.push(JSON.parse(String(body)));
        return flowRun({});
      },
      'GET /api/flow-runs/7': () => failed,
      'GET /api/flow-runs': () => page(runs),
    });
    await run('u', choices);
    runs = [flowRun({ progress: 0.2 })];
    stage.value = { name: 'choose' };
    await resume();
    expect(stage.value).toMatchObject({ name: 'running', upload: 'u' });

    runs = [failed];
    stage.value = { name: 'choose' };
    await resume();
    expect(stage.value).toMatchObject({ name: 'ended', upload: 'u' });
    expect(skippable(failed)).toBe(2);
    await runWithoutRejected(failed);
    expect(bodies).toEqual([choices, { ...choices, rejected: 'skip' }]);
  });

  it('leaves nothing on the server when another file is wanted', async () => {
    const calls = serve({ 'DELETE /api/flow-imports/u': () => null });
    stage.value = { name: 'ended', upload: 'u', run: flowRun({ status: 'failed' }) };
    startOver();
    expect(stage.value.name).toBe('choose');
    expect(calls).toEqual(['DELETE /api/flow-imports/u']);
  });
});
