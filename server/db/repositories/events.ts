import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

interface NewEvent {
  actor: string;
  verb: string;
  subject: string;
  before?: unknown;
  after?: unknown;
}

/** The trace of every change: who, when, what, before, after. */
export function eventRepository(db: Kysely<Schema>) {
  return {
    async record(event: NewEvent): Promise<void> {
      await db
        .insertInto('event')
        .values({
          actor: event.actor,
          verb: event.verb,
          subject: event.subject,
          before: event.before === undefined ? null : JSON.stringify(event.before),
          after: event.after === undefined ? null : JSON.stringify(event.after),
        })
        .execute();
    },

    /** Several in one statement, in order. */
    async recordAll(events: NewEvent[]): Promise<void> {
      const asText = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
      await sql`
        insert into event (actor, verb, subject, before, after)
        select actor, verb, subject, before::jsonb, after::jsonb
        from unnest(${events.map(({ actor }) => actor)}::text[],
          ${events.map(({ verb }) => verb)}::text[],
          ${events.map(({ subject }) => subject)}::text[],
          ${events.map(({ before }) => asText(before))}::text[],
          ${events.map(({ after }) => asText(after))}::text[])
          with ordinality as e(actor, verb, subject, before, after, at)
        order by at`.execute(db);
    },
  };
}
