import { type Kysely, sql } from 'kysely';
import type { CptsStatus } from '../../contracts/cpts.ts';
import type { Schema } from '../schema.ts';

export interface ExportedUnits {
  units: { code: string; name: string; population: number }[];
  population: number;
  /** GeoJSON text of the union of the units, a MultiPolygon; empty where there is none */
  outline: string;
}

export function territoryExportRepository(db: Kysely<Schema>) {
  return {
    /** CPTS of some numbers, or all open ones that hold units of the vintage, by number. */
    async cpts(
      vintage: string,
      ids: number[] | null,
    ): Promise<{ id: number; name: string; status: CptsStatus; units: string[] }[]> {
      const wanted =
        ids === null
          ? sql`c.status <> 'closed' and exists (select from cpts_member m
              join unit u on u.code = m.unit where m.cpts = c.id and u.vintage = ${vintage})`
          : sql`c.id = any(${ids}::integer[])`;
      const { rows } = await sql<{
        id: number;
        name: string;
        status: CptsStatus;
        units: string[];
      }>`
        select c.id, c.name, c.status, array_agg(m.unit order by m.unit collate "C") as units
        from cpts c join cpts_member m on m.cpts = c.id where ${wanted}
        group by c.id, c.name, c.status order by c.id`.execute(db);
      return rows;
    },

    /** Units of some codes with the outline of their union, in 1e-7 degrees (a centimetre). */
    async units(codes: string[]): Promise<ExportedUnits> {
      const { rows } = await sql<ExportedUnits>`
        select jsonb_agg(jsonb_build_object('code', code, 'name', name, 'population', population)
            order by code collate "C") as units,
          coalesce(sum(population), 0)::integer as population,
          st_asgeojson(st_forcepolygonccw(st_multi(st_collectionextract(
            st_unaryunion(st_collect(geom)), 3))), 7) as outline
        from unit where code = any(${codes}::text[])`.execute(db);
      const [row] = rows;
      if (!row) throw new Error('the database gave up the union of units');
      return row;
    },
  };
}
