import type { Kysely } from 'kysely';
import type { Cpts } from '../../contracts/cpts.ts';
import type { CptsHistory, UnitHistory } from '../../contracts/cpts-history.ts';
import { type Day, frenchDay, isDay, parisDay } from '../../core/life/days.ts';
import { cptsHistoryRepository } from '../../db/repositories/cpts-history.ts';
import { unitRepository } from '../../db/repositories/units.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import { knownCpts } from '../known-cpts.ts';

/** The steps of a CPTS and what it held. @throws DomainError `unknown_cpts` */
export async function cptsHistory(db: Kysely<Schema>, id: number): Promise<CptsHistory> {
  const { name } = await knownCpts(db, id);
  const history = cptsHistoryRepository(db);
  return {
    cpts: { id, name },
    steps: await history.steps(id),
    phases: await history.phases(id),
  };
}

/**
 * Who held a unit and since when; of a divided commune, its parts. @throws DomainError `unknown_unit`
 */
export async function unitHistory(
  db: Kysely<Schema>,
  vintage: string,
  code: string,
): Promise<UnitHistory> {
  const unit = await unitRepository(db).byCode(vintage, code);
  if (!unit) {
    throw new DomainError(
      'unknown_unit',
      `Le code ${code} ne correspond à aucune commune chargée : vérifiez ce code INSEE.`,
    );
  }
  const leaves = await unitRepository(db).leavesOf(vintage, [code]);
  const holders = await cptsHistoryRepository(db).holders([...new Set([code, ...leaves])]);
  return { unit: { code, name: unit.name }, holders };
}

/** CPTS as they were at the end of a day. @throws DomainError `invalid_day` */
export async function pastCpts(
  db: Kysely<Schema>,
  vintage: string,
  day: Day,
  { limit, offset }: { limit: number; offset: number },
  today: Day = parisDay(new Date()),
): Promise<{ items: Cpts[]; total: number }> {
  refuseUnseen(day, today);
  return cptsHistoryRepository(db).at(vintage, day, limit, offset);
}

/** Refuses a day of which nothing can be shown. @throws DomainError `invalid_day` */
export function refuseUnseen(day: Day | undefined, today: Day = parisDay(new Date())): void {
  if (day === undefined || (isDay(day) && day <= today)) return;
  throw new DomainError(
    'invalid_day',
    `Il n’y a rien à montrer au ${isDay(day) ? frenchDay(day) : `«\u00a0${day}\u00a0»`} : choisissez un jour jusqu’au ${frenchDay(today)}.`,
    { day, latest: today },
  );
}
