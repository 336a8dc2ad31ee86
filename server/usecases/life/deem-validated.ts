import type { Kysely } from 'kysely';
import { type Day, frenchDay, parisDay } from '../../core/life/days.ts';
import { deemedValidatedOn, lastDayToOppose } from '../../core/life/deadline.ts';
import { cptsLifeRepository } from '../../db/repositories/cpts-life.ts';
import type { Schema } from '../../db/schema.ts';
import { enterStep } from './take-step.ts';

/** Signs what the law does by itself. */
const SILENCE = 'Maillage (délai de deux mois)';

/**
 * Deems validated the projects that nobody opposed in time: those whose last day to oppose has passed,
 * with effect from it. Each in a transaction of its own that looks again, in the turn to decide: run
 * twice, or by two programs at once, it does nothing more.
 *
 * @returns the CPTS that were deemed validated, by number
 */
export async function deemValidated(
  db: Kysely<Schema>,
  today: Day = parisDay(new Date()),
): Promise<{ id: number; name: string; on: Day }[]> {
  const deemed: { id: number; name: string; on: Day }[] = [];
  for (const { id, since } of await cptsLifeRepository(db).waitingProjects()) {
    if (lastDayToOppose(since) >= today) continue;
    const one = await db.transaction().execute(async (tx) => {
      const life = cptsLifeRepository(tx);
      await life.takeTurn();
      const [held] = await life.hold([id]);
      const on = held ? deemedValidatedOn(held.status, held.since) : null;
      if (!held || on === null || on >= today) return null;
      const reason = `Projet déposé le ${frenchDay(held.since)}, sans opposition dans les deux mois (art. L.\u00a01434-12 CSP)`;
      await enterStep(tx, held, { step: 'validate_project', since: on, reason }, SILENCE);
      return { id, name: held.name, on };
    });
    if (one) deemed.push(one);
  }
  return deemed;
}

const HOUR = 3_600_000;

/**
 * Does it at once, then every hour while the program runs; a failure is told, and the next hour tries
 * again. Gives what stops it, which waits for what is under way.
 */
export function deemEveryHour(
  db: Kysely<Schema>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let underWay = Promise.resolve();
  const run = () => {
    underWay = underWay.then(() => deemValidated(db).then(() => {}, onFailure));
  };
  run();
  const timer = setInterval(run, HOUR);
  timer.unref();
  return () => {
    clearInterval(timer);
    return underWay;
  };
}
