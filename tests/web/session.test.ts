// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultPoleParameters } from '../../server/contracts/poles.ts';
import { onShortcut } from '../../web/src/shell/shortcuts.ts';
import { address, go, homeAddress, select } from '../../web/src/state/address.ts';
import { datasets, poleMap, poles } from '../../web/src/state/analysis.ts';
import { boot } from '../../web/src/state/boot.ts';
import { followAddress } from '../../web/src/state/session.ts';
import { matrixBytes } from './matrix-bytes.ts';
import { page, refusal, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

let stop = () => {};
beforeEach(() => go(homeAddress));
afterEach(() => {
  stop();
  datasets.clear();
  poles.clear();
  vi.unstubAllGlobals();
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

it('asks for nothing when the map moves, not even for what failed', async () => {
  const calls = serve({
    'GET /api/flow-datasets/1/poles': () => refusal(500, 'Non.'),
    'GET /api/flow-datasets': () => page([{ id: 1, name: 'Essai', specialties: [] }]),
    'GET /api/': () => page([]),
  });
  boot.value = { phase: 'ready', region: gridRegion(2, 2) };
  stop = followAddress();
  await settled();
  expect(calls).toContain('GET /api/flow-datasets/1/poles');
  const before = calls.length;
  for (const zoom of [7, 8, 9]) {
    go({ camera: { zoom, lat: 47, lon: 2 } }, { replace: true });
    await settled();
  }
  expect(calls.slice(before)).toEqual([]);
});

const answerOf = (run: number, dataset: number) => ({
  parameters: { ...defaultPoleParameters, run, dataset, specialty: 'all' },
  poles: [],
  communes: [],
});

it('loads the analysis that the address names, and names the dataset it is of', async () => {
  const calls = serve({
    'GET /api/pole-runs/7': () => answerOf(7, 2),
    'GET /api/flow-datasets/1/poles': () => answerOf(1, 1),
    'GET /api/flow-datasets/1/matrix': () => matrixBytes([], []),
    'GET /api/flow-datasets/2/matrix': () => matrixBytes([], []),
    'GET /api/flow-datasets': () =>
      page([1, 2].map((id) => ({ id, name: `Essai ${id}`, specialties: [], createdAt: '' }))),
    'GET /api/': () => page([]),
  });
  go({ dataset: 1, analysis: 7 });
  boot.value = { phase: 'ready', region: gridRegion(2, 2) };
  stop = followAddress();
  await settled();
  expect(calls).not.toContain('GET /api/flow-datasets/1/poles');
  expect(address.value).toMatchObject({ dataset: 2, analysis: 7 });
  expect(poleMap.value?.parameters.run).toBe(7);
  expect(calls).toContain('GET /api/flow-datasets/2/matrix');
  // A link to another dataset starts from its own default analysis.
  go({ dataset: 1, analysis: null });
  await settled();
  expect(address.value).toMatchObject({ dataset: 1, analysis: null });
  expect(poleMap.value?.parameters.run).toBe(1);
});

it.each([
  [
    { kind: 'unit' as const, code: '45234' },
    { kind: 'unit', code: '45234' },
  ],
  [{ kind: 'pole' as const, code: '45234' }, null],
])('a key that changes of workspace keeps a commune alone', (before, after) => {
  select(before);
  // As an AZERTY keyboard sends it.
  onShortcut(new KeyboardEvent('keydown', { key: 'é', code: 'Digit2' }));
  expect(address.value).toMatchObject({ workspace: 'draw', selection: after });
});
