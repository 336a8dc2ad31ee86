// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultPoleParameters } from '../../server/contracts/poles.ts';
import { onShortcut } from '../../web/src/shell/shortcuts.ts';
import { address, followHistory, go, homeAddress } from '../../web/src/state/address.ts';
import {
  datasets,
  otherPoleMap,
  otherPoles,
  poleMap,
  poles,
} from '../../web/src/state/analysis.ts';
import { boot } from '../../web/src/state/boot.ts';
import { comparison, sideLabel, swapSides } from '../../web/src/state/comparison.ts';
import { readyValue } from '../../web/src/state/resource.ts';
import { followAddress } from '../../web/src/state/session.ts';
import { matrixBytes } from './matrix-bytes.ts';
import { page, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(4, 1);
const specialties = [{ key: 'cardiologie', label: 'Cardiologie', patients: 1, maskedCells: 0 }];

/** Poles of a row of four communes: `of[unit]` attracts the unit. */
function answer(specialty: string, of: number[]) {
  const care = { patients: 1, li: 1, msi: 1, net: null, rank: 'dominant', population: 1 };
  return {
    parameters: { ...defaultPoleParameters, run: 1, dataset: 1, specialty },
    poles: [...new Set(of)].map((unit) => ({
      code: region.code[unit]!,
      name: region.name[unit]!,
      communes: 1,
      ...care,
    })),
    communes: of.map((pole, unit) => ({ code: region.code[unit]!, pole: region.code[pole]! })),
  };
}

let calls: string[] = [];
let stop = () => {};
beforeEach(() => {
  go(homeAddress);
  calls = serve({
    'GET /api/flow-datasets/1/matrix': () => matrixBytes(region.code, []),
    'GET /api/flow-datasets/1/poles': (path) =>
      path.includes('cardiologie')
        ? answer('cardiologie', [0, 0, 2, 3])
        : answer('all', [0, 1, 2, 2]),
    'GET /api/pole-runs/1/comparison': (path) => ({ asked: path.split('?')[1], communes: [] }),
    'GET /api/flow-datasets': () => page([{ id: 1, name: 'Essai', specialties }]),
    'GET /api/': () => page([]),
  });
  boot.value = { phase: 'ready', region };
  stop = followAddress();
});
afterEach(() => {
  stop();
  for (const resource of [datasets, poles, otherPoles, comparison]) resource.clear();
  vi.unstubAllGlobals();
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 10));
const press = (key: string) => onShortcut(new KeyboardEvent('keydown', { key }));

it('opens beside all specialties the first one, and leaves by the same key', async () => {
  await settled();
  expect(otherPoleMap.value).toBeNull();
  press('c');
  expect(location.search).toContain('avec=1/cardiologie');
  await settled();
  expect(otherPoleMap.value?.parameters.specialty).toBe('cardiologie');
  expect(readyValue(comparison.state.value)).toMatchObject({
    asked: 'specialty=all&with=1&otherSpecialty=cardiologie',
  });
  press('c');
  await settled();
  expect(location.search).not.toContain('avec');
  expect([otherPoleMap.value, comparison.state.value.status]).toEqual([null, 'idle']);
});

it('is what a link holds, and back leaves it', async () => {
  const open = async (link: string) => {
    history.replaceState(null, '', link);
    dispatchEvent(new PopStateEvent('popstate'));
    await settled();
  };
  followHistory();
  await open('/?jeu=1&avec=1/cardiologie');
  expect(otherPoleMap.value?.parameters.specialty).toBe('cardiologie');
  await open('/?jeu=1');
  expect(otherPoleMap.value).toBeNull();
});

it('has one hue a pole on both maps, and shows the second nowhere else', async () => {
  go({ compared: { dataset: 1, run: null, specialty: 'cardiologie' } });
  await settled();
  const [left, right] = [poleMap.value!, otherPoleMap.value!];
  for (const [group, { code }] of left.poles.entries()) {
    const there = right.groupOf.get(code);
    if (there !== undefined) expect(right.hues[there]).toBe(left.hues[group]);
  }
  go({ workspace: 'draw' });
  await settled();
  expect(otherPoleMap.value).toBeNull();
});

it('swaps the sides, the first map and its figures with them', async () => {
  go({ compared: { dataset: 1, run: null, specialty: 'cardiologie' } });
  await settled();
  swapSides();
  await settled();
  expect(address.value).toMatchObject({
    specialty: 'cardiologie',
    compared: { dataset: 1, run: null, specialty: 'all' },
  });
  expect(poleMap.value?.parameters.specialty).toBe('cardiologie');
  expect(calls.filter((call) => call.includes('comparison'))).toHaveLength(2);
});

it('names a side by its specialty, and by what else tells it from the other', async () => {
  await settled();
  const side = { dataset: 1, run: null, specialty: 'cardiologie' };
  expect(sideLabel(side, { ...side, specialty: 'all' })).toBe('Cardiologie');
  expect(sideLabel({ ...side, run: 4 }, side)).toBe('Cardiologie · analyse nᵒ\u00a04');
  expect(sideLabel(side, { ...side, dataset: 2 })).toBe('Cardiologie · jeu nᵒ\u00a01');
});
