import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

const partitioned = ['flow_row', 'flow_over_all'] as const;
/** Columns of the primary key. */
const keyOf = (whole: (typeof partitioned)[number]) =>
  whole === 'flow_row' ? ['dataset', 'origin', 'specialty'] : ['dataset', 'origin'];
/** The other columns, which no query is planned by. */
const others = ['destinations', 'patients', 'masked', 'firsts', 'sums', 'shaky'];

/**
 * The tables of one extract on its way in: filled apart in short transactions, so that an embedded
 * database answers others meanwhile, then attached in one. Until then nobody reads them,
 * and what was left behind by a program that died is dropped at the next start.
 */
export function flowStagingRepository(db: Kysely<Schema>) {
  return {
    /** Number of a dataset to come. */
    async reserve(): Promise<number> {
      const { rows } = await sql<{ id: number }>`
        select nextval(pg_get_serial_sequence('flow_dataset', 'id')) as id`.execute(db);
      if (!rows[0]) throw new Error('the sequence of flow_dataset gave no number');
      return rows[0].id;
    },

    async create(dataset: number): Promise<void> {
      for (const whole of partitioned) {
        const table = sql.table(partitionOf(dataset, whole));
        // The check lets the attachment skip reading every row to see that it belongs there.
        await sql`create table ${table}
          (like ${sql.table(whole)} including storage including constraints,
          constraint one_dataset check (dataset = ${sql.lit(dataset)}))`.execute(db);
        // Statistics on what arrays hold take half a second, and of a key three thousand rows tell
        // as much as thirty thousand.
        const targets = [
          ...others.map((column) => sql`alter column ${sql.id(column)} set statistics 0`),
          ...keyOf(whole).map((column) => sql`alter column ${sql.id(column)} set statistics 10`),
        ];
        await sql`alter table ${table} ${sql.join(targets)}`.execute(db);
      }
    },

    /** Once they are full: an index built at once costs a fraction of one kept up row by row. */
    async index(dataset: number): Promise<void> {
      for (const whole of partitioned) {
        const table = sql.table(partitionOf(dataset, whole));
        const columns = keyOf(whole).map((column) => sql.id(column));
        await sql`alter table ${table} add primary key (${sql.join(columns)})`.execute(db);
        await sql`analyze ${table}`.execute(db);
      }
    },

    async attach(dataset: number): Promise<void> {
      for (const whole of partitioned) {
        const table = sql.table(partitionOf(dataset, whole));
        await sql`alter table ${sql.table(whole)} attach partition ${table}
          for values in (${sql.lit(dataset)})`.execute(db);
        await sql`alter table ${table} drop constraint one_dataset`.execute(db);
      }
    },

    async drop(dataset: number): Promise<void> {
      for (const whole of partitioned) {
        await sql`drop table if exists ${sql.table(partitionOf(dataset, whole))}`.execute(db);
      }
    },

    /** Drops what imports that never ended left; none may be under way. */
    async dropLeftOver(): Promise<void> {
      const { rows } = await sql<{ name: string }>`
        select relname as name from pg_class
        where relkind = 'r' and relname ~ '^(flow_row|flow_over_all)_of_[0-9]+$'
          and not relispartition and pg_table_is_visible(oid)`.execute(db);
      for (const { name } of rows) await sql`drop table ${sql.table(name)}`.execute(db);
    },
  };
}

/** Name of the table that holds the flows of one extract, or their ranks over all specialties. */
export function partitionOf(dataset: number, whole: (typeof partitioned)[number] = 'flow_row') {
  return `${whole}_of_${dataset}`;
}
