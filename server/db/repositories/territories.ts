import { type Kysely, sql } from 'kysely';
import type { TerritoryColumns } from '../../core/territory/figures.ts';
import type { Schema } from '../schema.ts';

/** What territories are measured from, whatever vintages their units are of. */
export function territoryRepository(db: Kysely<Schema>) {
  return {
    /** Those of the units that are loaded, by code, and every border line of theirs. */
    async columns(codes: string[]): Promise<TerritoryColumns> {
      const { rows: units } = await sql<{ code: string; population: number; area_km2: number }>`
        select code, population, area_km2 from unit where code = any(${codes}::text[])
        order by code collate "C"`.execute(db);
      const { rows: lines } = await sql<{ a: string; b: string | null; length_m: number }>`
        select a, b, length_m from unit_border where a = any(${codes}::text[])
        union all
        select a, b, length_m from unit_border
        where b = any(${codes}::text[]) and not a = any(${codes}::text[])
        order by a, b, length_m`.execute(db);
      const at = new Map(units.map(({ code }, unit) => [code, unit]));
      const index = (code: string | null) => at.get(code ?? '') ?? -1;
      return {
        population: units.map(({ population }) => population),
        areaKm2: units.map(({ area_km2 }) => area_km2),
        borders: {
          a: lines.map(({ a }) => index(a)),
          b: lines.map(({ b }) => index(b)),
          lengthM: lines.map(({ length_m }) => length_m),
        },
      };
    },

    /** Name and population of units, by code; one that is not loaded has its code for a name. */
    async named(codes: string[]): Promise<{ code: string; name: string; population: number }[]> {
      const { rows } = await sql<{ code: string; name: string; population: number }>`
        select w.code, coalesce(u.name, w.code) as name, coalesce(u.population, 0) as population
        from unnest(${codes}::text[]) as w(code) left join unit u on u.code = w.code
        order by w.code collate "C"`.execute(db);
      return rows;
    },
  };
}
