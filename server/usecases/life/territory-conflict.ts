import type { Conflict } from '../../contracts/cpts.ts';
import { counted, frenchNumber } from '../../core/french.ts';
import { frenchDay } from '../../core/life/days.ts';
import type { PastConflict } from '../../db/repositories/cpts-life.ts';
import { DomainError } from '../../errors.ts';

const RECOGNISED_INDEX = 'cpts_member_one_recognised';

/** What stands in the way of a territory; nothing where nothing does. */
export function refuseConflicts(conflicts: Conflict[]): void {
  const [first, ...others] = conflicts;
  if (!first) return;
  const more =
    others.length > 0 ? ` (et ${counted(others.length, 'autre')} CPTS sur d’autres communes)` : '';
  throw new DomainError(
    'territory_conflict',
    `${named(first.units)} (${frenchNumber(first.population)}\u00a0habitants) ${first.units.length > 1 ? 'appartiennent' : 'appartient'} déjà à la CPTS reconnue « ${first.cpts.name} »${more} : retirez ces communes du territoire, ou closez d’abord l’autre.`,
    conflicts,
  );
}

/** A decision dated from a day when another CPTS was still recognised there. */
export function refusePastConflicts(conflicts: PastConflict[]): void {
  const [first] = conflicts;
  if (!first) return;
  throw new DomainError(
    'territory_conflict',
    `${named(first.units)} ${first.units.length > 1 ? 'appartenaient' : 'appartenait'} encore à la CPTS reconnue « ${first.cpts.name} » avant le ${frenchDay(first.until)} : datez la décision de ce jour-là ou d’après.`,
    conflicts.map(({ cpts, units }) => ({
      cpts,
      units,
      population: units.reduce((sum, { population }) => sum + population, 0),
    })),
  );
}

/**
 * The rule is the database's: its unique index refuses what a decision, which looks before it writes,
 * did not see. The refusal is told like the others.
 */
export async function underTheIndex<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== RECOGNISED_INDEX) throw error;
    throw new DomainError(
      'territory_conflict',
      'Une autre CPTS reconnue tient une partie de ces communes : rechargez la liste et réessayez.',
      [],
      { cause: error },
    );
  }
}

function named(units: Conflict['units']): string {
  const first = units.slice(0, 3).map(({ name }) => name);
  const more =
    units.length > first.length ? ` et ${counted(units.length - first.length, 'autre')}` : '';
  return `${first.join(', ')}${more}`;
}
