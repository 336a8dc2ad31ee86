import { type Kysely, sql } from 'kysely';
import type { SupplyRow } from '../../imports/rows.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';

/** Practitioners and facilities per unit. */
export function supplyRepository(db: Kysely<Schema>) {
  return {
    async describeProfessions(
      professions: { key: string; label: string; kind: string }[],
    ): Promise<void> {
      await db
        .insertInto('profession')
        .values(professions.map(({ key, label, kind }) => ({ key, label, kind })))
        .onConflict((on) =>
          on.column('key').doUpdateSet((set) => ({
            label: set.ref('excluded.label'),
            kind: set.ref('excluded.kind'),
          })),
        )
        .execute();
    },

    /** Replaces the supply of every unit of the vintage. */
    async replace(vintage: string, rows: SupplyRow[], source: string): Promise<void> {
      await sql`delete from supply using unit
        where unit.code = supply.unit and unit.vintage = ${vintage}`.execute(db);
      await insertColumns(db, 'supply', [
        { name: 'unit', type: 'text', values: rows.map(({ unit }) => unit) },
        { name: 'profession', type: 'text', values: rows.map(({ profession }) => profession) },
        { name: 'count', type: 'double precision', values: rows.map(({ count }) => count) },
        { name: 'source', type: 'text', values: rows.map(() => source) },
      ]);
    },

    /** Specialties that have supply in the vintage, with their practitioners by unit. */
    async specialties(
      vintage: string,
    ): Promise<{ key: string; label: string; units: string[]; counts: number[] }[]> {
      const { rows } = await sql<{
        key: string;
        label: string;
        units: string[];
        counts: number[];
      }>`
        select p.key, p.label, array_agg(s.unit order by s.unit) as units,
          array_agg(s.count order by s.unit) as counts
        from supply s join profession p on p.key = s.profession join unit u on u.code = s.unit
        where u.vintage = ${vintage} and p.kind = 'specialty'
        group by p.key, p.label order by p.key`.execute(db);
      return rows;
    },
  };
}
