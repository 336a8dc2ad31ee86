// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it } from 'vitest';
import type { FlowImportReport } from '../../server/contracts/flow-imports.ts';
import { ImportReport } from '../../web/src/datasets/report.tsx';

const none = { read: 2, kept: 2, outside: 0, rejected: 0 };
const report: FlowImportReport = {
  file: 'extrait.csv',
  separator: ';',
  encoding: 'utf-8',
  rows: none,
  patients: none,
  masked: none,
  crossing: { rows: 2, patients: 2 },
  changedRows: 1,
  changedByKind: { repaired: 0, arrondissement: 0, moved: 0, split: 0 },
  changes: [],
  undated: ['76108'],
  rejections: [],
  specialties: [{ key: 'x', label: 'Mystère', known: false, patients: 2, masked: 0 }],
};

const host = document.createElement('div');
afterEach(() => render(null, host));
async function shown(refused: 'lines' | 'whole' | null) {
  await act(() => render(<ImportReport report={report} refused={refused} />, host));
  return host.textContent;
}

it('tells what counts and what was taken as it is only of what was loaded', async () => {
  for (const words of ['Retenu', 'ces flux comptent', '76108', 'modifiée', 'Mystère']) {
    expect(await shown(null)).toContain(words);
  }
  expect(await shown('lines')).toContain('À retenir');
  const whole = await shown('whole');
  expect(whole).toContain('Lisible');
  for (const words of ['etenir', 'ces flux comptent', '76108', 'modifiée', 'Mystère']) {
    expect(whole).not.toContain(words);
  }
});
