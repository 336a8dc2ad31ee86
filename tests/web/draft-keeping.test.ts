// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { boot } from '../../web/src/state/boot.ts';
import {
  addUnits,
  canUndo,
  clearDraft,
  draftName,
  draftsAside,
  draftUnits,
  editing,
  keepDrafts,
  lockedUnits,
  nameDraft,
  openCpts,
  openNew,
  putOnScreen,
  redo,
  removeUnits,
  toggleLock,
  undo,
} from '../../web/src/state/draft.ts';
import { openDraftDatabase } from '../../web/src/state/drawing/draft-database.ts';
import { blankDraft } from '../../web/src/state/drawing/draft-model.ts';
import {
  beginGesture,
  cancelGesture,
  endGesture,
  sweep,
} from '../../web/src/state/drawing/gesture.ts';
import { keepDraftsInBrowser } from '../../web/src/state/drawing/keep-drafts.ts';
import { fromStored, type StoredDraft } from '../../web/src/state/drawing/stored-draft.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(4, 4);
const cpts = { id: 3, name: 'CPTS 3', version: 2, createdAt: 'hier', units: ['01001', '01002'] };
const units = () => [...draftUnits.value].sort((a, b) => a - b);
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));
let stop = () => {};

/** What a reload does: the memory is gone, the browser's database and the tab's own notes stay. */
async function reload() {
  await settled();
  stop();
  keepDrafts(() => {});
  cancelGesture();
  putOnScreen(blankDraft);
  draftsAside.value = new Map();
  stop = keepDraftsInBrowser();
  await settled();
}

/** What is kept, and a change that another tab makes to it. */
async function another(change?: (kept: StoredDraft) => StoredDraft) {
  const db = await openDraftDatabase(indexedDB);
  const [kept] = await db.all('24|new');
  if (change) await db.update('24|new', (before) => (before ? change(before) : null));
  db.close();
  return kept && fromStored(kept, region);
}

beforeEach(async () => {
  boot.value = { phase: 'ready', region };
  stop = keepDraftsInBrowser();
  await settled();
});
afterEach(async () => {
  clearDraft();
  openNew();
  clearDraft();
  await settled();
  stop();
  sessionStorage.clear();
  vi.restoreAllMocks();
});

it('brings a drawing back with what can be undone and redone, its name and its locks', async () => {
  addUnits([1, 2, 3]);
  removeUnits([2]);
  addUnits([9]);
  undo();
  nameDraft('Projet');
  toggleLock(5);
  await reload();
  expect([units(), draftName.value]).toEqual([[1, 3], 'Projet']);
  expect([...lockedUnits.value]).toEqual([5]);
  undo();
  expect(units()).toEqual([1, 2, 3]);
  redo();
  redo();
  expect(units()).toEqual([1, 3, 9]);
});

it('comes back to the drawing that was on screen, the others beside it', async () => {
  addUnits([7]);
  openCpts(cpts as Cpts);
  addUnits([4]);
  await reload();
  expect([editing.value?.id, units()]).toEqual([3, [0, 1, 4]]);
  openNew();
  expect(units()).toEqual([7]);
  sessionStorage.clear();
  // Another tab, later, opens on the new CPTS.
  await reload();
  expect([editing.value, units()]).toEqual([null, [7]]);
});

it('takes up a gesture that a reload interrupted, as one step', async () => {
  addUnits([0]);
  beginGesture('brush', true);
  sweep([1, 2]);
  expect(units()).toEqual([0, 1, 2]);
  await reload();
  expect(units()).toEqual([0, 1, 2]);
  undo();
  expect(units()).toEqual([0]);
  await reload();
  expect(units()).toEqual([0]);
});

it('leaves nothing of a gesture given up, nor twice what a gesture made', async () => {
  beginGesture('brush', true);
  sweep([1, 2]);
  cancelGesture();
  expect([units(), canUndo.value]).toEqual([[], false]);
  beginGesture('brush', true);
  sweep([3]);
  endGesture();
  await reload();
  expect(units()).toEqual([3]);
  undo();
  expect([units(), canUndo.value]).toEqual([[], false]);
});

it('follows another tab, and adds to what it made', async () => {
  addUnits([0]);
  await settled();
  await another((kept) => ({
    ...kept,
    revision: 'another:1',
    operations: [...kept.operations, { added: '01002 01003', removed: '', tool: 'box', at: 1 }],
    cursor: 2,
  }));
  const tab = new BroadcastChannel('maillage-drafts');
  tab.postMessage({ key: '24|new' });
  await settled();
  tab.close();
  expect(units()).toEqual([0, 1, 2]);
  undo();
  await settled();
  expect((await another())?.units).toEqual(new Set([0]));
});

it('makes its gesture on what another tab made in the meantime', async () => {
  addUnits([0]);
  await settled();
  await another((kept) => ({
    ...kept,
    revision: 'another:1',
    operations: [...kept.operations, { added: '01002', removed: '01001', tool: 'box', at: 1 }],
    cursor: 2,
  }));
  // Not told of it yet.
  addUnits([1, 2]);
  await settled();
  expect(units()).toEqual([1, 2]);
  undo();
  expect(units()).toEqual([1]);
});

it('says when the browser keeps nothing, and draws all the same', async () => {
  stop();
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new Error('refused');
  });
  stop = keepDraftsInBrowser();
  addUnits([3]);
  await settled();
  expect(units()).toEqual([3]);
});
