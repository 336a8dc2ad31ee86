// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
  nameDraft,
  openCpts,
  openNew,
  removeUnits,
  replaceUnits,
  undo,
  waitingSave,
} from '../../web/src/state/draft.ts';
import { otherCpts } from '../../web/src/state/drawing/others.ts';
import {
  draftChange,
  fork,
  keepMine,
  keepTheirs,
  retrySaves,
  saveNew,
  saveVersion,
  stale,
} from '../../web/src/state/drawing/save.ts';
import { retrySavesAside } from '../../web/src/state/drawing/save-aside.ts';
import { page, refusal, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 3);
const codes = (units: number[]) => units.map((unit) => region.code[unit]!);
const cpts = (id: number, units: number[], version = 1) =>
  ({ id, name: `CPTS ${id}`, status: 'idea', version, createdAt: '', units: codes(units) }) as Cpts;
const units = () => [...draftUnits.value].sort();
const settled = () => new Promise((resolve) => setTimeout(resolve, 10));
const bodies: unknown[] = [];
/** Notes what was sent, then answers. */
const noting =
  (answer: () => unknown) =>
  (_path: string, { body }: RequestInit) => {
    bodies.push(JSON.parse(String(body)));
    return answer();
  };
const silence = () => {
  throw new TypeError('no network');
};

beforeEach(() => {
  boot.value = { phase: 'ready', region };
  cptsList.put('all', [cpts(1, [0, 1]), cpts(2, [1, 2])]);
  overlaps.put('all', []);
  bodies.length = 0;
  stale.value = null;
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
  expect(editing.value).toMatchObject({ id: 1, version: 4, name: 'CPTS 1' });
  expect(units()).toEqual([0, 1]);
  expect(canUndo.value).toBe(false);
  expect(otherCpts.value.open.map(({ id }) => id)).toEqual([2]);
});

it('keeps every drawing as it was left while another is drawn', () => {
  addUnits([7]);
  nameDraft('Projet');
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

it('opens a later version in place of a drawing that changes nothing', () => {
  openCpts(cpts(1, [0, 1]));
  addUnits([4]);
  undo();
  openNew();
  openCpts(cpts(1, [0, 5], 2));
  expect([units(), editing.value?.version]).toEqual([[0, 5], 2]);
});

it('saves what changed since the version it started from, then goes on from the next', async () => {
  serve({
    'PUT /api/cpts/1/territory': noting(() => cpts(1, [1, 4], 2)),
    'GET /api/': () => page([]),
  });
  openCpts(cpts(1, [0, 1]));
  addUnits([4]);
  removeUnits([0]);
  await saveVersion(region, { note: 'Essai' });
  expect(bodies).toEqual([{ basedOn: 1, added: ['01005'], removed: ['01001'], note: 'Essai' }]);
  expect(editing.value?.version).toBe(2);
  expect(draftChange.value).toEqual({ added: [], removed: [] });
  undo();
  expect(draftChange.value).toEqual({ added: [0], removed: [] });
});

it('keeps the drawing when the server refuses it', async () => {
  serve({ 'PUT /api/': () => refusal(409, 'Refusée.'), 'GET /api/': () => page([]) });
  openCpts(cpts(1, [0, 1]));
  addUnits([4]);
  await expect(saveVersion(region)).rejects.toThrow('Refusée.');
  expect(units()).toEqual([0, 1, 4]);
  expect(editing.value?.version).toBe(1);
});

describe('while the server does not answer', () => {
  it('a version waits, and is sent when it does', async () => {
    serve({ 'PUT /api/': silence });
    openCpts(cpts(1, [0, 1]));
    addUnits([4]);
    expect(await saveVersion(region, { label: 'Réunion' })).toBeNull();
    expect(waitingSave.value).toEqual({ label: 'Réunion' });
    addUnits([5]);
    serve({
      'PUT /api/': noting(() => cpts(1, [0, 1, 4, 5], 2)),
      'GET /api/': () => page([]),
    });
    const stop = retrySaves();
    await settled();
    stop();
    // What was drawn since goes with it.
    expect(bodies).toEqual([
      { basedOn: 1, added: ['01005', '01006'], removed: [], label: 'Réunion' },
    ]);
    expect([waitingSave.value, editing.value?.version]).toEqual([null, 2]);
  });

  it('a new CPTS is not made twice when only the answer was lost', async () => {
    serve({ 'POST /api/': silence });
    addUnits([4]);
    nameDraft('Projet');
    expect(await saveNew(region)).toBeNull();
    expect(units()).toEqual([4]);
    const made = { ...cpts(9, [4]), name: 'Projet' };
    const calls = serve({ 'GET /api/cpts': () => page([made]), 'GET /api/': () => page([]) });
    expect(await saveNew(region)).toEqual(made);
    expect(calls.filter((call) => call.startsWith('POST'))).toEqual([]);
    expect(units()).toEqual([]);
    expect(waitingSave.value).toBeNull();
  });
});

describe('when others saved in the meantime', () => {
  /** They took unit 8 in and unit 1 out; the drawing took unit 4 in. */
  const theirs = {
    version: 5,
    author: 'Léa',
    at: '2026-11-22',
    added: codes([8]),
    removed: codes([1]),
  };
  const answer = (details: unknown) => () =>
    new Response(
      JSON.stringify({
        error: { code: 'stale_version', message: 'Dépassée.', details, requestId: 'r' },
      }),
      { status: 409 },
    );

  async function saveStale(details: unknown = theirs) {
    vi.stubGlobal('fetch', async () => answer(details)());
    openCpts(cpts(1, [0, 1]));
    addUnits([4]);
    expect(await saveVersion(region, { note: 'Mien' })).toBeNull();
  }

  it('mine becomes the next version', async () => {
    await saveStale();
    expect(stale.value).toMatchObject({ id: 1, version: 5, author: 'Léa' });
    serve({ 'PUT /api/': noting(() => cpts(1, [0, 1, 4], 6)), 'GET /api/': () => page([]) });
    await keepMine(region);
    expect(bodies).toEqual([
      { basedOn: 5, added: codes([1, 4]), removed: codes([8]), note: 'Mien' },
    ]);
    expect([units(), editing.value?.version, stale.value]).toEqual([[0, 1, 4], 6, null]);
  });

  it('theirs is drawn, and mine can be had back', async () => {
    await saveStale();
    keepTheirs(region);
    expect([units(), editing.value?.version, stale.value]).toEqual([[0, 8], 5, null]);
    expect(draftChange.value).toEqual({ added: [], removed: [] });
    undo();
    expect(units()).toEqual([0, 1, 4]);
  });

  it('mine becomes a CPTS of its own', async () => {
    await saveStale();
    serve({ 'POST /api/cpts': noting(() => cpts(7, [0, 1, 4])), 'GET /api/': () => page([]) });
    await fork(region, 'Variante');
    expect(bodies).toEqual([
      { name: 'Variante', units: codes([0, 1, 4]), forkedFrom: { id: 1, version: 1 } },
    ]);
    expect([units(), editing.value?.id, stale.value]).toEqual([[0, 1, 4], 7, null]);
  });

  it('nothing is asked when they saved just what was drawn', async () => {
    await saveStale({ ...theirs, version: 2, added: codes([4]), removed: [] });
    expect([stale.value, editing.value?.version]).toEqual([null, 2]);
    expect(draftChange.value).toEqual({ added: [], removed: [] });
  });
});

it('sends the saves of drawings put aside when the network returns', async () => {
  serve({ 'PUT /api/cpts/1/territory': silence, 'GET /api/': () => page([]) });
  openCpts(cpts(1, [0, 1]));
  addUnits([4]);
  expect(await saveVersion(region, { note: 'Loin du réseau' })).toBeNull();
  openCpts(cpts(2, [1, 2]));
  bodies.length = 0;
  serve({
    'PUT /api/cpts/1/territory': noting(() => cpts(1, [0, 1, 4], 2)),
    'GET /api/': () => page([]),
  });
  const stop = retrySavesAside();
  dispatchEvent(new Event('online'));
  await settled();
  expect(bodies).toEqual([{ basedOn: 1, added: codes([4]), removed: [], note: 'Loin du réseau' }]);
  // What is on screen is not touched, and nothing is left to send.
  expect([editing.value?.id, units()]).toEqual([2, [1, 2]]);
  dispatchEvent(new Event('online'));
  await settled();
  expect(bodies).toHaveLength(1);
  openCpts(cpts(1, [0, 1, 4], 2));
  expect([editing.value?.version, units(), waitingSave.value]).toEqual([2, [0, 1, 4], null]);
  undo();
  expect(units()).toEqual([0, 1]);
  stop();
});

it('leaves a drawing put aside to its author when its save is refused', async () => {
  serve({ 'PUT /api/cpts/1/territory': silence, 'GET /api/': () => page([]) });
  openCpts(cpts(1, [0, 1]));
  addUnits([4]);
  await saveVersion(region);
  openCpts(cpts(2, [1, 2]));
  serve({
    'PUT /api/cpts/1/territory': noting(() => refusal(409, 'Quelqu’un a enregistré.')),
    'GET /api/': () => page([]),
  });
  const stop = retrySavesAside();
  for (let turn = 0; turn < 2; turn++) {
    dispatchEvent(new Event('online'));
    await settled();
  }
  expect(bodies).toHaveLength(1);
  openCpts(cpts(1, [0, 1]));
  expect([units(), waitingSave.value]).toEqual([[0, 1, 4], null]);
  stop();
});
