import { batch, computed, signal } from '@preact/signals';
import type { Cpts } from '../../../server/contracts/cpts.ts';
import {
  applied,
  effective,
  emptyLog,
  inverted,
  type OperationLog,
  performed,
} from '../../../server/core/drawing/operations.ts';
import { region } from './analysis.ts';
import {
  blankDraft,
  changes,
  type Draft,
  type DraftCommand,
  type Editing,
  keyOfDraft,
  renumbered,
  type SaveWanted,
} from './drawing/draft-model.ts';
import { unitsOf } from './region.ts';

export const draftName = signal('');
/** Members, with what the gesture under way changes. */
export const draftUnits = signal<ReadonlySet<number>>(blankDraft.units);
/** Members since the last gesture that ended. */
export const settledUnits = signal<ReadonlySet<number>>(blankDraft.units);
export const editing = signal<Editing | null>(null);
export const draftBase = signal<ReadonlySet<number>>(blankDraft.base);
/** Communes that no gesture changes. */
export const lockedUnits = signal<ReadonlySet<number>>(blankDraft.locked);
/** A save that waits for the server to answer again. */
export const waitingSave = signal<SaveWanted | null>(null);
const log = signal<OperationLog>(emptyLog);

export const canUndo = computed(() => log.value.cursor > 0);
export const canRedo = computed(() => log.value.cursor < log.value.operations.length);
export const gestureCount = computed(() => log.value.cursor);

/** Drawings that are not on screen, by `keyOfDraft`. */
export const draftsAside = signal<ReadonlyMap<string, Draft>>(new Map());

/** Told of everything done to a drawing, as it is done. */
let keeper: (key: string, command: DraftCommand) => void = () => {};
export function keepDrafts(keep: typeof keeper): void {
  keeper = keep;
}
const tell = (command: DraftCommand) => keeper(keyOfDraft(editing.peek()), command);

/** What the gesture under way changes of the settled members. */
let underWay: { added: number[]; removed: number[] } | null = null;

function settle(units: ReadonlySet<number>): void {
  batch(() => {
    settledUnits.value = units;
    draftUnits.value = underWay ? applied(units, underWay) : units;
  });
}

/** Shows what the gesture under way would change; it is no step yet. */
export function sketch(added: Iterable<number>, removed: Iterable<number>): void {
  underWay = effective(settledUnits.peek(), added, removed);
  draftUnits.value = applied(settledUnits.peek(), underWay);
}

/** Drops the gesture under way. */
export function dropSketch(): void {
  underWay = null;
  draftUnits.value = settledUnits.peek();
}

/** One gesture, one step to undo; gives how many units it changed. */
export function perform(added: Iterable<number>, removed: Iterable<number>, tool: string): number {
  const change = effective(settledUnits.peek(), added, removed);
  const size = change.added.length + change.removed.length;
  if (size === 0) return 0;
  const at = Date.now();
  log.value = performed(log.peek(), { ...change, tool, at });
  settle(applied(settledUnits.peek(), change));
  tell({ kind: 'perform', ...change, tool, at });
  return size;
}

export const addUnits = (units: Iterable<number>, tool = 'add') => perform(units, [], tool);

export const removeUnits = (units: Iterable<number>, tool = 'remove') => perform([], units, tool);

/** Makes the draft equal to a set, in one gesture. */
export function replaceUnits(units: Iterable<number>, tool = 'replace'): number {
  const wanted = new Set(units);
  return perform(
    wanted,
    [...settledUnits.peek()].filter((unit) => !wanted.has(unit)),
    tool,
  );
}

/** True when the unit is in after the click. */
export function toggleUnit(unit: number): boolean {
  const isIn = settledUnits.peek().has(unit);
  if (isIn) removeUnits([unit], 'click');
  else addUnits([unit], 'click');
  return !isIn;
}

export function undo(): void {
  const { operations, cursor } = log.peek();
  const operation = operations[cursor - 1];
  if (!operation) return;
  log.value = { operations, cursor: cursor - 1 };
  settle(applied(settledUnits.peek(), inverted(operation)));
  tell({ kind: 'undo' });
}

export function redo(): void {
  const { operations, cursor } = log.peek();
  const operation = operations[cursor];
  if (!operation) return;
  log.value = { operations, cursor: cursor + 1 };
  settle(applied(settledUnits.peek(), operation));
  tell({ kind: 'redo' });
}

export function nameDraft(name: string): void {
  draftName.value = name;
  describe();
}

/** Leaves the drawing to be saved when the server answers again; null when it no longer has to. */
export function waitToSave(wanted: SaveWanted | null): void {
  if (waitingSave.peek() === wanted) return;
  waitingSave.value = wanted;
  describe();
}

function describe(): void {
  const { name, locked, saving } = draftOnScreen();
  tell({ kind: 'describe', name, locked, saving });
}

/** True when the unit is locked after it. */
export function toggleLock(unit: number): boolean {
  const units = new Set(lockedUnits.peek());
  const locks = !units.delete(unit);
  if (locks) units.add(unit);
  lockedUnits.value = units;
  describe();
  return locks;
}

/** Forgets the drawing on screen: a blank new CPTS takes its place. */
export function clearDraft(): void {
  tell({ kind: 'forget' });
  putOnScreen(blankDraft);
}

/**
 * Draws the next version of a CPTS, from its present one; a drawing of it that was begun is taken up
 * where it was left. Nothing happens before the region is there.
 */
export function openCpts({ id, version, name, createdAt, units }: Cpts): void {
  const loaded = region.peek();
  if (!loaded || editing.peek()?.id === id) return;
  putAside();
  const edited = { id, version, name, createdAt };
  const begun = draftsAside.peek().get(keyOfDraft(edited));
  // A drawing that changes nothing must not hold back what others made since.
  if (begun && (begun.editing?.version === version || changes(begun))) {
    show(begun);
    return;
  }
  const base = new Set(unitsOf(loaded, units));
  const draft = { ...blankDraft, editing: edited, name, base, units: base };
  show(draft);
  tell({ kind: 'set', draft });
}

/** Takes up a drawing that was put aside; the new CPTS when there is none of that key. */
export function openDraft(key: string): void {
  if (keyOfDraft(editing.peek()) === key) return;
  putAside();
  show(draftsAside.peek().get(key) ?? blankDraft);
}

export const openNew = () => openDraft('new');

/** What was drawn is now a version of the CPTS: the next gestures start from it. */
export function rebase(edited: Editing, base: ReadonlySet<number>): void {
  batch(() => {
    editing.value = edited;
    draftBase.value = base;
    waitingSave.value = null;
  });
  tell({ kind: 'set', draft: draftOnScreen() });
}

export function draftOnScreen(): Draft {
  return {
    editing: editing.peek(),
    name: draftName.peek(),
    base: draftBase.peek(),
    units: settledUnits.peek(),
    locked: lockedUnits.peek(),
    log: log.peek(),
    saving: waitingSave.peek(),
  };
}

/** Keeps what is on screen, unless nothing was done there. */
function putAside(): void {
  const draft = draftOnScreen();
  const aside = new Map(draftsAside.peek());
  const begun = draft.log.operations.length > 0 || (draft.editing === null && draft.name !== '');
  if (begun) aside.set(keyOfDraft(draft.editing), draft);
  draftsAside.value = aside;
}

/** What became of a drawing while it was aside; null forgets it. One on screen by then is left as it is. */
export function changeAside(key: string, draft: Draft | null): void {
  const aside = new Map(draftsAside.peek());
  if (!aside.has(key)) return;
  if (draft) aside.set(key, draft);
  else aside.delete(key);
  draftsAside.value = aside;
  keeper(key, draft ? { kind: 'set', draft } : { kind: 'forget' });
}

function show(draft: Draft): void {
  const aside = new Map(draftsAside.peek());
  aside.delete(keyOfDraft(draft.editing));
  draftsAside.value = aside;
  putOnScreen(draft);
}

/** Puts a drawing on screen in place of the one there, which is not kept; no gesture survives it. */
export function putOnScreen(draft: Draft): void {
  underWay = null;
  batch(() => {
    editing.value = draft.editing;
    draftName.value = draft.name;
    draftBase.value = draft.base;
    lockedUnits.value = draft.locked;
    log.value = draft.log;
    waitingSave.value = draft.saving;
    settle(draft.units);
  });
}

/** The drawing on screen as another tab left it; the gesture under way goes on. */
export function followOther(draft: Draft): void {
  const sketched = underWay;
  putOnScreen(draft);
  if (sketched) sketch(sketched.added, sketched.removed);
}

/**
 * Units have other numbers once communes are divided otherwise: `now` tells what a unit became, on
 * screen and in the drawings put aside.
 */
export function renumberDrafts(now: (unit: number) => readonly number[]): void {
  draftsAside.value = new Map(
    [...draftsAside.peek()].map(([key, draft]) => [key, renumbered(draft, now)]),
  );
  putOnScreen(renumbered(draftOnScreen(), now));
}
