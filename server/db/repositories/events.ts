import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** The trace of every change: who, when, what, before, after. */
export function eventRepository(db: Kysely<Schema>) {
  return {
    async record(event: {
      actor: string;
      verb: string;
      subject: string;
      before?: unknown;
      after?: unknown;
    }): Promise<void> {
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
  };
}
