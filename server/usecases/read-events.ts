import type { Kysely } from 'kysely';
import type { EventFilters } from '../contracts/events.ts';
import { type Actor, grants } from '../core/accounts/actor.ts';
import { csvText } from '../core/csv-field.ts';
import { type EventVerb, eventVerbs, verbLabels } from '../core/events/verbs.ts';
import { isDay } from '../core/life/days.ts';
import { type EventsWanted, eventRepository } from '../db/repositories/events.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';

/** Events read at once by an export: the database is free between two pieces. */
const PIECE = 1000;

/** Events that the filters let through, the latest first. @throws DomainError `invalid_day` */
export async function listEvents(
  db: Kysely<Schema>,
  filters: EventFilters,
  { limit, offset }: { limit: number; offset: number },
  actor: Actor,
) {
  refuseNoDay(filters);
  const shown = shownTo(actor, filters);
  return { ...(await eventRepository(db).list(shown, limit, offset)), limit, offset };
}

/** Who comes and goes concerns those who keep the accounts, not all who decide on territories. */
function shownTo({ role }: Actor, filters: EventFilters): EventsWanted {
  return { ...filters, accounts: grants(role, 'administer') };
}

/** The same as a table, the oldest first, piece by piece. */
export async function* exportEvents(
  db: Kysely<Schema>,
  filters: EventFilters,
  actor: Actor,
): AsyncGenerator<string> {
  const wanted = shownTo(actor, filters);
  yield csvText([
    ['numéro', 'date', 'auteur', 'compte', 'action', 'code', 'objet', 'avant', 'après', 'requête'],
  ]);
  let last = 0;
  for (;;) {
    const events = await eventRepository(db).after(wanted, last, PIECE);
    const final = events.at(-1);
    if (!final) return;
    last = final.id;
    const text = (value: unknown) => (value === null ? '' : JSON.stringify(value));
    yield csvText(
      events.map((e) => [
        e.id,
        e.at,
        e.actor,
        e.account,
        labelOf(e.verb),
        e.verb,
        e.subject,
        text(e.before),
        text(e.after),
        e.requestId,
      ]),
    ).slice(1);
  }
}

/** In French; one of a program that knew other kinds is told as it wrote it. */
const labelOf = (verb: string): string =>
  eventVerbs.includes(verb as EventVerb) ? verbLabels[verb as EventVerb] : verb;

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
