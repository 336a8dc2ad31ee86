// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { boot } from '../../web/src/state/boot.ts';
import { cptsList, overlaps } from '../../web/src/state/cpts.ts';
import {
  addUnits,
  canUndo,
  clearDraft,
  draftName,
  draftUnits,
  editing,
  openCpts,
  openNew,
  removeUnits,
  replaceUnits,
  undo,
} from '../../web/src/state/draft.ts';
import { otherCpts } from '../../web/src/state/drawing/others.ts';
import { draftChange, saveVersion } from '../../web/src/state/drawing/save.ts';
import { page, refusal, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 3);
const cpts = (id: number, units: number[], version = 1) =>
  ({
    id,
    name: `CPTS ${id}`,
    status: 'idea',
    version,
    units: units.map((unit) => region.code[unit]!),
  }) as Cpts;
const units = () => [...draftUnits.value].sort();

beforeEach(() => {
  boot.value = { phase: 'ready', region };
  cptsList.put('all', [cpts(1, [0, 1]), cpts(2, [1, 2])]);
  overlaps.put('all', []);
});
afterEach(() => {
  vi.unstubAllGlobals();
  clearDraft();
  openNew();
  clearDraft();
});

it('makes the draft equal to a set in one gesture', () => {
  addUnits([0, 1]);
  expect(replaceUnits([1, 2, 3])).toBe(3);
  expect(units()).toEqual([1, 2, 3]);
  undo();
  expect(units()).toEqual([0, 1]);
});

it('opens the present version of a CPTS, with nothing to undo and no conflict with itself', () => {
  openCpts(cpts(1, [0, 1], 4));
  expect(editing.value).toEqual({ id: 1, version: 4, name: 'CPTS 1' });
  expect(units()).toEqual([0, 1]);
  expect(canUndo.value).toBe(false);
  expect(otherCpts.value.open.map(({ id }) => id)).toEqual([2]);
});

it('keeps every drawing as it was left while another is drawn', () => {
  addUnits([7]);
  draftName.value = 'Projet';
  openCpts(cpts(1, [0, 1]));
  removeUnits([0]);
  openCpts(cpts(2, [1, 2]));
  expect(units()).toEqual([1, 2]);
  openCpts(cpts(1, [0, 1]));
  expect(units()).toEqual([1]);
  undo();
  expect(units()).toEqual([0, 1]);
  openNew();
  expect([units(), draftName.value, editing.value]).toEqual([[7], 'Projet', null]);
});

it('saves what changed since the version it started from, then goes on from the next', async () => {
  const sent: unknown[] = [];
  serve({
    'PUT /api/cpts/1/territory': (_path, { body }) => {
      sent.push(JSON.parse(String(body)));
      return cpts(1, [1, 4], 2);
    },
    'GET /api/': () => page([]),
  });
  openCpts(cpts(1, [0, 1]));
  addUnits([4]);
  removeUnits([0]);
  await saveVersion(region);
  expect(sent).toEqual([{ basedOn: 1, added: ['01005'], removed: ['01001'] }]);
  expect(editing.value?.version).toBe(2);
  expect(draftChange.value).toEqual({ added: [], removed: [] });
  undo();
  expect(draftChange.value).toEqual({ added: [0], removed: [] });
});

it('keeps the drawing when the server refuses it', async () => {
  serve({ 'PUT /api/': () => refusal(409, 'Dépassée.'), 'GET /api/': () => page([]) });
  openCpts(cpts(1, [0, 1]));
  addUnits([4]);
  await expect(saveVersion(region)).rejects.toThrow('Dépassée.');
  expect(units()).toEqual([0, 1, 4]);
  expect(editing.value?.version).toBe(1);
});
