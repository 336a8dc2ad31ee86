import { type Kysely, sql } from 'kysely';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';
import { PLACE_BITS } from '../staged-flows.ts';

/** Table that an extract is copied into, before its rows are added up. */
export const STAGED_FLOW = 'staged_flow';

/** What the numbers of staged rows stand for. */
export interface StagedNames {
  /** keys, by number */
  specialties: string[];
  /** numbers of communes, and their codes */
  places: { number: number; code: string }[];
}

/** Flows on their way in: tables of one transaction, gone at its end. */
export function flowStagingRepository(tx: Kysely<Schema>) {
  return {
    async create(): Promise<void> {
      await sql`create temporary table staged_flow
        (key bigint not null, patients double precision, masked double precision)
        on commit drop`.execute(tx);
      await sql`create temporary table staged_specialty
        (number bigint not null, key text not null) on commit drop`.execute(tx);
      await sql`create temporary table staged_place
        (number bigint not null, code text not null) on commit drop`.execute(tx);
    },

    /**
     * Adds up the staged rows by specialty, origin and destination into a partition of `flow` for
     * the dataset: filled in the order of its index, indexed once full, then attached. Rows whose
     * keys only ascend are neither sorted nor added up.
     */
    async moveTo(dataset: number, names: StagedNames, ascending: boolean): Promise<void> {
      await insertColumns(tx, 'staged_specialty', [
        { name: 'number', type: 'integer', values: names.specialties.map((_, i) => i) },
        { name: 'key', type: 'text', values: names.specialties },
      ]);
      await insertColumns(tx, 'staged_place', [
        { name: 'number', type: 'integer', values: names.places.map(({ number }) => number) },
        { name: 'code', type: 'text', values: names.places.map(({ code }) => code) },
      ]);
      for (const table of ['staged_place', 'staged_specialty', STAGED_FLOW]) {
        await sql`analyze ${sql.table(table)}`.execute(tx);
      }
      // Enough to sort a region in memory; more goes to temporary files.
      await sql`set local work_mem = '64MB'`.execute(tx);
      await sql`set local maintenance_work_mem = '128MB'`.execute(tx);
      const rows = ascending
        ? sql`select key, patients, masked from staged_flow`
        : sql`select key, sum(patients) as patients, sum(masked) as masked
            from staged_flow group by key order by key`;
      const mask = sql.lit(2 ** PLACE_BITS - 1);
      const partition = partitionOf(dataset);
      await sql`create table ${partition}
        (like flow including defaults including constraints)`.execute(tx);
      await sql`
        insert into ${partition} (dataset, specialty, origin, destination, patients, masked)
        select ${dataset}::integer, s.key, o.code, d.code,
          coalesce(f.patients, 0), coalesce(f.masked, 0)
        from (${rows}) as f
        join staged_specialty s on s.number = f.key >> ${sql.lit(2 * PLACE_BITS)}
        join staged_place o on o.number = (f.key >> ${sql.lit(PLACE_BITS)}) & ${mask}
        join staged_place d on d.number = f.key & ${mask}`.execute(tx);
      await sql`alter table ${partition}
        add primary key (dataset, specialty, origin, destination)`.execute(tx);
      // Lets the attachment skip reading every row to see that it belongs here.
      await sql`alter table ${partition}
        add constraint one_dataset check (dataset = ${sql.lit(dataset)})`.execute(tx);
      await sql`alter table flow attach partition ${partition}
        for values in (${sql.lit(dataset)})`.execute(tx);
      await sql`alter table ${partition} drop constraint one_dataset`.execute(tx);
      await sql`analyze ${partition}`.execute(tx);
    },
  };
}

/** The table that holds the flows of one extract. */
export function partitionOf(dataset: number) {
  return sql.table(`flow_of_${dataset}`);
}
