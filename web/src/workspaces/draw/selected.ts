import { selection } from '../../state/address.ts';
import { announce } from '../../state/announce.ts';
import { lockedUnits, perform, settledUnits } from '../../state/draft.ts';
import { announceChange } from '../../state/drawing/gesture.ts';
import { ground } from '../../state/drawing/ground.ts';
import { held } from '../../state/drawing/locks.ts';
import type { Region } from '../../state/region.ts';

/** Index of the commune selected. */
export function selectedUnit(region: Region): number | null {
  const chosen = selection.value;
  return chosen?.kind === 'unit' ? (region.indexOf.get(chosen.code) ?? null) : null;
}

/** Puts the commune selected in the drawing or takes it out. */
export function toggleSelected(region: Region): void {
  const unit = selectedUnit(region);
  if (unit === null) announce('Choisissez d’abord une commune.');
  else if (!lockedUnits.peek().has(unit)) {
    const adds = !settledUnits.peek().has(unit);
    perform(adds ? [unit] : [], adds ? [] : [unit], 'click');
    announce(`${region.name[unit]} ${adds ? 'ajoutée' : 'retirée'}.`);
  } else announce(`${region.name[unit]} est verrouillée.`);
}

/** Units of the EPCI of a unit that gestures may change. */
export function epciOf(unit: number): number[] {
  const known = ground.value;
  const epci = known?.epci[unit] ?? -1;
  return epci < 0 ? [] : [...known!.epciUnits[epci]!].filter((each) => !held.value.has(each));
}

/** Of the holes of the drawing, what no lock holds. */
export const fillable = (holes: readonly (readonly number[])[]): number[] =>
  holes.flat().filter((unit) => !held.value.has(unit));

/** Puts a set in the drawing or takes it out, in one gesture. */
export function change(units: Iterable<number>, adds: boolean, tool: string): void {
  announceChange(perform(adds ? units : [], adds ? [] : units, tool), adds);
}
