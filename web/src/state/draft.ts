import { computed, signal } from '@preact/signals';
import { groupPieces } from '../../../server/core/graph/components.ts';
import type { Region } from './region.ts';

/** One gesture: the units it put in or took out. Undoing is the same gesture the other way. */
interface Gesture {
  added: number[];
  removed: number[];
}

export const draftName = signal('');
export const draftUnits = signal<ReadonlySet<number>>(new Set());
const done = signal<readonly Gesture[]>([]);
const undone = signal<readonly Gesture[]>([]);
export const canUndo = computed(() => done.value.length > 0);
export const canRedo = computed(() => undone.value.length > 0);

export function addUnits(units: Iterable<number>): number {
  return perform({ added: [...units].filter((u) => !draftUnits.value.has(u)), removed: [] });
}

export function removeUnits(units: Iterable<number>): number {
  return perform({ added: [], removed: [...units].filter((u) => draftUnits.value.has(u)) });
}

/** True when the unit is in after the click. */
export function toggleUnit(unit: number): boolean {
  const isIn = draftUnits.value.has(unit);
  if (isIn) removeUnits([unit]);
  else addUnits([unit]);
  return !isIn;
}

function perform(gesture: Gesture): number {
  const size = gesture.added.length + gesture.removed.length;
  if (size === 0) return 0;
  apply(gesture);
  done.value = [...done.value, gesture];
  undone.value = [];
  return size;
}

function apply({ added, removed }: Gesture): void {
  const units = new Set(draftUnits.value);
  for (const unit of removed) units.delete(unit);
  for (const unit of added) units.add(unit);
  draftUnits.value = units;
}

export function undo(): void {
  const gesture = done.value.at(-1);
  if (!gesture) return;
  apply({ added: gesture.removed, removed: gesture.added });
  done.value = done.value.slice(0, -1);
  undone.value = [...undone.value, gesture];
}

export function redo(): void {
  const gesture = undone.value.at(-1);
  if (!gesture) return;
  apply(gesture);
  undone.value = undone.value.slice(0, -1);
  done.value = [...done.value, gesture];
}

export function clearDraft(): void {
  draftName.value = '';
  draftUnits.value = new Set();
  done.value = [];
  undone.value = [];
}

/** Number of pieces that the units form; 0 when there are none. */
export function pieceCount(region: Region, units: ReadonlySet<number>): number {
  if (units.size === 0) return 0;
  const group = new Int32Array(region.count).fill(-1);
  for (const unit of units) group[unit] = 0;
  return groupPieces(region.adjacency, group)[0] ?? 0;
}
