import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ChangeEvent, EventFilters } from '../../contracts/events.ts';
import type { EventVerb } from '../../core/events/verbs.ts';
import { currentRequest } from '../../request-scope.ts';
import type { Schema } from '../schema.ts';

export interface NewEvent {
  actor: string;
  verb: EventVerb;
  subject: string;
  before?: unknown;
  after?: unknown;
}

/** What is let through; whether what is done to accounts is. */
export interface EventsWanted extends EventFilters {
  accounts: boolean;
}

/** The trace of every change: who, when, what, before, after. */
export function eventRepository(db: Kysely<Schema>) {
  return {
    async record(event: NewEvent): Promise<void> {
      await this.recordAll([event]);
    },

    /** Several in one statement, in order. */
    async recordAll(events: readonly NewEvent[]): Promise<void> {
      const asText = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
      const request = currentRequest();
      await sql`
        insert into event (actor, verb, subject, before, after, request_id, account)
        select actor, verb, subject, before::jsonb, after::jsonb, ${request?.id ?? null}::text,
          ${request?.account ?? null}::integer
        from unnest(${events.map(({ actor }) => actor)}::text[],
          ${events.map(({ verb }) => verb)}::text[],
          ${events.map(({ subject }) => subject)}::text[],
          ${events.map(({ before }) => asText(before))}::text[],
          ${events.map(({ after }) => asText(after))}::text[])
          with ordinality as e(actor, verb, subject, before, after, at)
        order by at`.execute(db);
    },

    /** The latest first. */
    async list(
      filters: EventsWanted,
      limit: number,
      offset: number,
    ): Promise<{ items: ChangeEvent[]; total: number }> {
      const wanted = where(filters);
      const { rows } = await sql<EventRow>`select ${columns} from event where ${wanted}
        order by id desc limit ${limit} offset ${offset}`.execute(db);
      const count = await sql<{ total: number }>`
        select count(*) as total from event where ${wanted}`.execute(db);
      return { items: rows.map(toEvent), total: count.rows[0]?.total ?? 0 };
    },

    /** Those after an event, the oldest first: a long export reads a piece at a time. */
    async after(filters: EventsWanted, id: number, limit: number): Promise<ChangeEvent[]> {
      const { rows } = await sql<EventRow>`select ${columns} from event
        where ${where(filters)} and id > ${id} order by id limit ${limit}`.execute(db);
      return rows.map(toEvent);
    },
  };
}

interface EventRow extends Omit<ChangeEvent, 'at'> {
  at: Date;
}

const columns = sql`id, at, actor, verb, subject, before, after, request_id as "requestId",
  account`;

const toEvent = ({ at, ...rest }: EventRow): ChangeEvent => ({ ...rest, at: at.toISOString() });

function where({ subject, actor, verb, from, until, accounts }: EventsWanted): RawBuilder<unknown> {
  const conditions = [sql`true`];
  if (!accounts) conditions.push(sql`not starts_with(subject, 'account/')`);
  if (subject?.includes('/')) conditions.push(sql`subject = ${subject}`);
  else if (subject) conditions.push(sql`starts_with(subject, ${`${subject}/`})`);
  if (actor) conditions.push(sql`actor = ${actor}`);
  if (verb) conditions.push(sql`verb = ${verb}`);
  const midnight = (day: string, later: number) =>
    sql`(${day}::date + ${later}::integer)::timestamp at time zone 'Europe/Paris'`;
  if (from) conditions.push(sql`at >= ${midnight(from, 0)}`);
  if (until) conditions.push(sql`at < ${midnight(until, 1)}`);
  return sql.join(conditions, sql` and `);
}
