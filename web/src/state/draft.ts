import { computed, signal } from '@preact/signals';
import type { Cpts } from '../../../server/contracts/cpts.ts';
import {
  applied,
  effective,
  emptyLog,
  inverted,
  type OperationLog,
  performed,
} from '../../../server/core/drawing/operations.ts';
import { groupPieces } from '../../../server/core/graph/components.ts';
import { region } from './analysis.ts';
import { type Region, unitsOf } from './region.ts';

/** The CPTS whose next version is being drawn. */
export interface Editing {
  id: number;
  /** version that the drawing started from */
  version: number;
  name: string;
}

/** One drawing: a new CPTS, or the next version of one. */
interface Draft {
  editing: Editing | null;
  name: string;
  /** units it started from: those of the version edited, none for a new CPTS */
  base: ReadonlySet<number>;
  units: ReadonlySet<number>;
  log: OperationLog;
}

const blank: Draft = { editing: null, name: '', base: new Set(), units: new Set(), log: emptyLog };

export const draftName = signal('');
export const draftUnits = signal<ReadonlySet<number>>(blank.units);
export const editing = signal<Editing | null>(null);
export const draftBase = signal<ReadonlySet<number>>(blank.base);
const log = signal<OperationLog>(emptyLog);

export const canUndo = computed(() => log.value.cursor > 0);
export const canRedo = computed(() => log.value.cursor < log.value.operations.length);

/** Drawings that are not on screen, by `keyOf`. */
const others = new Map<string, Draft>();
const keyOf = (edited: Editing | null) => (edited === null ? 'new' : `cpts/${edited.id}`);

/** One gesture, one step to undo; gives how many units it changed. */
function perform(added: Iterable<number>, removed: Iterable<number>, tool: string): number {
  const change = effective(draftUnits.peek(), added, removed);
  const size = change.added.length + change.removed.length;
  if (size === 0) return 0;
  draftUnits.value = applied(draftUnits.peek(), change);
  log.value = performed(log.peek(), { ...change, tool, at: Date.now() });
  return size;
}

export const addUnits = (units: Iterable<number>, tool = 'add') => perform(units, [], tool);

export const removeUnits = (units: Iterable<number>, tool = 'remove') => perform([], units, tool);

/** Makes the draft equal to a set, in one gesture. */
export function replaceUnits(units: Iterable<number>, tool = 'replace'): number {
  const wanted = new Set(units);
  return perform(
    wanted,
    [...draftUnits.peek()].filter((unit) => !wanted.has(unit)),
    tool,
  );
}

/** Makes the draft equal to a set, in one gesture. */
export function replaceUnits(units: Iterable<number>): number {
  const wanted = new Set(units);
  return perform({
    added: [...wanted].filter((unit) => !draftUnits.value.has(unit)),
    removed: [...draftUnits.value].filter((unit) => !wanted.has(unit)),
  });
}

/** True when the unit is in after the click. */
export function toggleUnit(unit: number): boolean {
  const isIn = draftUnits.peek().has(unit);
  if (isIn) removeUnits([unit], 'click');
  else addUnits([unit], 'click');
  return !isIn;
}

export function undo(): void {
  const { operations, cursor } = log.peek();
  const operation = operations[cursor - 1];
  if (!operation) return;
  draftUnits.value = applied(draftUnits.peek(), inverted(operation));
  log.value = { operations, cursor: cursor - 1 };
}

export function redo(): void {
  const { operations, cursor } = log.peek();
  const operation = operations[cursor];
  if (!operation) return;
  draftUnits.value = applied(draftUnits.peek(), operation);
  log.value = { operations, cursor: cursor + 1 };
}

/** Forgets the drawing on screen: a blank new CPTS takes its place. */
export function clearDraft(): void {
  others.delete(keyOf(editing.peek()));
  show(blank);
}

/**
 * Draws the next version of a CPTS, from its present one; a drawing of it that was begun is taken up
 * where it was left. Nothing happens before the region is there.
 */
export function openCpts({ id, version, name, units }: Cpts): void {
  const loaded = region.peek();
  if (!loaded || editing.peek()?.id === id) return;
  putAside();
  const begun = others.get(`cpts/${id}`);
  const base = new Set(unitsOf(loaded, units));
  show(begun ?? { editing: { id, version, name }, name, base, units: base, log: emptyLog });
}

/** Back to the drawing of a new CPTS. */
export function openNew(): void {
  if (editing.peek() === null) return;
  putAside();
  show(others.get('new') ?? blank);
}

/** What was drawn is now a version of the CPTS: the next gestures start from it. */
export function rebase({ id, version, name }: Cpts): void {
  editing.value = { id, version, name };
  draftBase.value = draftUnits.peek();
}

/** Keeps what is on screen, unless nothing was done there. */
function putAside(): void {
  const key = keyOf(editing.peek());
  others.delete(key);
  if (log.peek().operations.length === 0 && (editing.peek() || draftName.peek() === '')) return;
  others.set(key, {
    editing: editing.peek(),
    name: draftName.peek(),
    base: draftBase.peek(),
    units: draftUnits.peek(),
    log: log.peek(),
  });
}

function show(draft: Draft): void {
  editing.value = draft.editing;
  draftName.value = draft.name;
  draftBase.value = draft.base;
  draftUnits.value = draft.units;
  log.value = draft.log;
}

/** Number of pieces that the units form; 0 when there are none. */
export function pieceCount(region: Region, units: ReadonlySet<number>): number {
  if (units.size === 0) return 0;
  const group = new Int32Array(region.count).fill(-1);
  for (const unit of units) group[unit] = 0;
  return groupPieces(region.adjacency, group)[0] ?? 0;
}
