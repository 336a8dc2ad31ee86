import { type Kysely, sql } from 'kysely';
import type { OnProgress } from '../imports/rows.ts';
import type { Schema } from './schema.ts';

type ColumnKind = 'text' | 'integer' | 'double precision' | 'boolean';

export interface Column {
  name: string;
  type: ColumnKind;
  values: ArrayLike<string | number | boolean | null>;
}

const CHUNK = 50_000;

/**
 * Inserts rows given as columns of equal length, one statement a chunk, through `unnest`: the same
 * SQL on both engines, and no statement per row. `table` is a name of the schema, never user text.
 */
export async function insertColumns(
  db: Kysely<Schema>,
  table: string,
  columns: Column[],
  onProgress: OnProgress = () => {},
): Promise<void> {
  const total = columns[0]?.values.length ?? 0;
  const names = sql.join(columns.map(({ name }) => sql.ref(name)));
  for (let start = 0; start < total; start += CHUNK) {
    const end = Math.min(start + CHUNK, total);
    const arrays = sql.join(
      columns.map(({ values, type }) => {
        const part = Array.prototype.slice.call(values, start, end);
        return sql`${Array.from(part)}::${sql.raw(type)}[]`;
      }),
    );
    await sql`insert into ${sql.table(table)} (${names}) select * from unnest(${arrays})`.execute(
      db,
    );
    onProgress(end, total);
  }
}
