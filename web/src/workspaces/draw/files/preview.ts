import { computed, signal } from '@preact/signals';
import type { Geometry } from 'geojson';
import { counted } from '../../../french/numbers.ts';
import { frame } from '../../../map/frame.ts';
import { announce } from '../../../state/announce.ts';
import { addUnits, draftUnits, replaceUnits } from '../../../state/draft.ts';
import { boundsOf, type Region } from '../../../state/region.ts';

/** Units that wait for a yes before they are in the draft. */
export interface Candidate {
  /** where they come from, in French */
  source: string;
  /** share of the area of each unit inside the outline, 0 to 1; 1 where units are listed */
  shares: ReadonlyMap<number, number>;
  /** whether the shares say something: the user then chooses from which one a unit is in */
  byArea: boolean;
  outline: Geometry | null;
}

/** A majority of the area, unless the user says otherwise. */
const MAJORITY = 0.5;

export const candidate = signal<Candidate | null>(null);
/** Share of its area from which a unit is in, 0 to 1. */
export const threshold = signal(MAJORITY);

/** Units that applying would give; null when nothing is previewed. */
export const previewed = computed<ReadonlySet<number> | null>(() =>
  candidate.value ? unitsAbove(candidate.value.shares, threshold.value) : null,
);

export function unitsAbove(shares: ReadonlyMap<number, number>, from: number): Set<number> {
  const units = new Set<number>();
  for (const [unit, share] of shares) if (share >= from) units.add(unit);
  return units;
}

/** Shares by unit index, of the codes that the region holds. */
export function sharesIn(
  region: Region,
  units: readonly { code: string; share: number }[],
): Map<number, number> {
  const shares = new Map<number, number>();
  for (const { code, share } of units) {
    const unit = region.indexOf.get(code);
    if (unit !== undefined) shares.set(unit, share);
  }
  return shares;
}

/** Shows units on the map before anything is done with them. */
export function preview(region: Region, next: Candidate): void {
  candidate.value = next;
  threshold.value = MAJORITY;
  frame.bounds(boundsOf(region, next.shares.keys()));
  const count = previewed.value?.size ?? 0;
  announce(`Aperçu\u00a0: ${counted(count, 'commune')}, ${next.source}.`);
}

/** The same for units that are listed. */
export function previewUnits(region: Region, source: string, units: Iterable<number>): void {
  const shares = new Map([...units].map((unit) => [unit, 1]));
  preview(region, { source, shares, byArea: false, outline: null });
}

export function leavePreview(): void {
  if (candidate.peek() === null) return;
  candidate.value = null;
}

/** Puts what is previewed in the draft, or in its place, as one gesture; how many units changed. */
export function applyPreview(how: 'add' | 'replace'): number {
  const units = previewed.peek();
  if (!units) return 0;
  const before = draftUnits.peek().size;
  const changed = how === 'add' ? addUnits(units, 'file') : replaceUnits(units, 'file');
  candidate.value = null;
  announce(
    how === 'add'
      ? `${counted(changed, 'commune ajoutée', 'communes ajoutées')}.`
      : `Dessin remplacé\u00a0: ${counted(units.size, 'commune')} au lieu de ${before}.`,
  );
  return changed;
}
