import { sql } from 'kysely';
import type { Database } from '../../server/db/database.ts';

interface Made {
  name: string;
  /** those that are not computed from others, quoted */
  columns: string;
  filled: boolean;
}

/**
 * Keeps what every table holds beside it, in the schema `as_made`, and gives what brings all of them
 * and the sequences back to it, in one transaction; tables that came since are dropped.
 */
export async function keepAsMade({ kysely }: Database): Promise<() => Promise<void>> {
  const run = (text: string) => sql.raw(text).execute(kysely);
  const { rows: tables } = await sql<Omit<Made, 'filled'>>`
    select c.relname as name,
      (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute a
       where a.attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
    from pg_class c
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and relname <> 'spatial_ref_sys'
    order by relname`.execute(kysely);
  const { rows: sequences } = await sql<{ name: string; last: number | null }>`
    select sequencename as name, last_value as last
    from pg_sequences where schemaname = 'public'`.execute(kysely);
  const { rows: known } = await sql<{ names: string[] }>`select array_agg(relname::text) as names
    from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(kysely);
  await run('create schema as_made');
  const made: Made[] = [];
  for (const { name, columns } of tables) {
    await run(`create table as_made."${name}" as select ${columns} from "${name}"`);
    const { rows } = await sql`select from ${sql.table(`as_made.${name}`)} limit 1`.execute(kysely);
    made.push({ name, columns, filled: rows.length > 0 });
  }
  const back = [
    'begin',
    // Neither triggers nor foreign keys stand in the way of tables put back one by one.
    'set local session_replication_role = replica',
    `truncate ${made.map(({ name }) => `"${name}"`).join(', ')}`,
    ...made
      .filter(({ filled }) => filled)
      .map(
        ({ name, columns }) =>
          `insert into "${name}" (${columns}) overriding system value select * from as_made."${name}"`,
      ),
    ...sequences.map(
      ({ name, last }) => `select setval('"${name}"', ${last ?? 1}, ${last !== null})`,
    ),
    'commit',
  ].join(';\n');
  const names = known[0]?.names ?? [];

  return async () => {
    const { rows: others } = await sql<{ name: string }>`select relname as name
      from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and relname <> all(${names})`.execute(kysely);
    for (const { name } of others) await run(`drop table "${name}" cascade`);
    await run(back);
    await run('discard all');
  };
}
