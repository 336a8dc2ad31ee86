import type { Kysely } from 'kysely';
import type { EventFilters } from '../contracts/events.ts';
import { csvText } from '../core/csv-field.ts';
import { isDay } from '../core/life/days.ts';
import { eventRepository } from '../db/repositories/events.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';

/** Events read at once by an export: the database is free between two pieces. */
const PIECE = 1000;

/** Events that the filters let through, the latest first. @throws DomainError `invalid_day` */
export async function listEvents(
  db: Kysely<Schema>,
  filters: EventFilters,
  { limit, offset }: { limit: number; offset: number },
) {
  refuseNoDay(filters);
  return { ...(await eventRepository(db).list(filters, limit, offset)), limit, offset };
}

/** The same as a table, the oldest first, piece by piece. */
export async function* exportEvents(
  db: Kysely<Schema>,
  filters: EventFilters,
): AsyncGenerator<string> {
  const header = ['numéro', 'date', 'auteur', 'action', 'objet', 'avant', 'après', 'requête'];
  yield csvText([header]);
  let last = 0;
  for (;;) {
    const events = await eventRepository(db).after(filters, last, PIECE);
    const final = events.at(-1);
    if (!final) return;
    last = final.id;
    const text = (value: unknown) => (value === null ? '' : JSON.stringify(value));
    yield csvText(
      events.map((e) => [
        e.id,
        e.at,
        e.actor,
        e.verb,
        e.subject,
        text(e.before),
        text(e.after),
        e.requestId,
      ]),
    ).slice(1);
  }
}

/** @throws DomainError `invalid_day` */
export function refuseNoDay({ from, until }: Pick<EventFilters, 'from' | 'until'>): void {
  const wrong = [from, until].find((day) => day !== undefined && !isDay(day));
  if (wrong === undefined) return;
  throw new DomainError(
    'invalid_day',
    `Le «\u00a0${wrong}\u00a0» n’existe pas au calendrier : indiquez un jour comme 2026-11-22.`,
    { day: wrong },
  );
}
