import { type Kysely, sql } from 'kysely';
import type { Schema } from '../../server/db/schema.ts';

/** When something was last looked at changes with a look, and is no change. */
const LOOKS = ['seen_at', 'used_at'];

/** A print of every table but the trace, to see whether anything changed. */
export async function contentOf(db: Kysely<Schema>): Promise<Map<string, string>> {
  const { rows: tables } = await sql<{ name: string; looked: boolean }>`
    select c.oid::regclass::text as name, exists (select from pg_attribute a
      where a.attrelid = c.oid and a.attname = any(${LOOKS}::text[])) as looked
    from pg_class c
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
      and c.relname not in ('event', 'spatial_ref_sys')`.execute(db);
  const { rows } = await sql<{ name: string; print: string }>`${sql.join(
    tables.map(({ name, looked }) => {
      // As JSON rows are slow to write, outlines above all.
      const row = looked ? sql`(to_jsonb(t) - ${LOOKS}::text[])::text` : sql`t::text`;
      return sql`select ${name}::text as name,
        coalesce(md5(string_agg(${row}, ' ' order by t::text)), '') as print from ${sql.raw(name)} t`;
    }),
    sql` union all `,
  )}`.execute(db);
  return new Map(rows.map(({ name, print }) => [name, print]));
}

/** A trace that cannot be written, while it is so. */
export async function refuseEvents(db: Kysely<Schema>) {
  await sql`create function no_trace() returns trigger language plpgsql as $$
    begin raise exception 'no trace today'; end $$`.execute(db);
  const begin = sql`create trigger no_trace before insert on event
    for each row execute function no_trace()`;
  return {
    begin: () => begin.execute(db),
    end: () => sql`drop trigger no_trace on event`.execute(db),
    remove: () => sql`drop function no_trace()`.execute(db),
  };
}
