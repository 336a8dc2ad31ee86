import { type Kysely, sql } from 'kysely';
import { searchName } from '../../core/search-name.ts';
import type { UnitRow } from '../../imports/rows.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';

/** Puts the communes of a vintage in place; every call belongs inside one transaction. */
export function unitLoadingRepository(db: Kysely<Schema>) {
  return {
    /** Rows wait in a temporary table until their geometry is known to be sound. */
    async stage(rows: UnitRow[]): Promise<void> {
      await sql`drop table if exists staged_unit`.execute(db);
      await sql`create temporary table staged_unit (
        code text, name text, search_name text, department text, region text, epci text,
        population integer, outline text, lon double precision, lat double precision,
        geom geometry(Geometry, 4326)
      )`.execute(db);
      const text = (name: string, of: (row: UnitRow) => string | null) =>
        ({ name, type: 'text', values: rows.map(of) }) as const;
      await insertColumns(db, 'staged_unit', [
        text('code', (row) => row.code),
        text('name', (row) => row.name),
        text('search_name', (row) => searchName(row.name)),
        text('department', (row) => row.department),
        text('region', (row) => row.region),
        text('epci', (row) => row.epci),
        { name: 'population', type: 'integer', values: rows.map((row) => row.population) },
        text('outline', (row) => JSON.stringify(row.geometry)),
        {
          name: 'lon',
          type: 'double precision',
          values: rows.map((row) => row.point?.[0] ?? null),
        },
        {
          name: 'lat',
          type: 'double precision',
          values: rows.map((row) => row.point?.[1] ?? null),
        },
      ]);
      await sql`update staged_unit
        set geom = st_force2d(st_setsrid(st_geomfromgeojson(outline), 4326))`.execute(db);
    },

    /** Repairs what is invalid; answers the codes with PostGIS's reason. */
    async repair(): Promise<{ code: string; reason: string }[]> {
      const { rows } = await sql<{ code: string; reason: string }>`
        with broken as (
          select code, st_isvalidreason(geom) as reason from staged_unit where not st_isvalid(geom)
        ), mended as (
          update staged_unit s set geom = st_makevalid(s.geom) from broken where s.code = broken.code
        )
        select code, reason from broken order by code`.execute(db);
      return rows;
    },

    /** Codes whose geometry holds no area, even repaired. */
    async withoutArea(): Promise<string[]> {
      await sql`update staged_unit set geom = st_multi(st_collectionextract(geom, 3))`.execute(db);
      const { rows } = await sql<{ code: string }>`
        select code from staged_unit
        where geom is null or st_isempty(geom) or st_area(geom) = 0 order by code`.execute(db);
      return rows.map(({ code }) => code);
    },

    /** Units of the staged codes that another vintage holds. */
    async heldElsewhere(vintages: string[]): Promise<{ vintage: string; units: number }[]> {
      const { rows } = await sql<{ vintage: string; units: number }>`
        select u.vintage, count(*) as units from unit u join staged_unit s on s.code = u.code
        where not u.vintage = any(${vintages}::text[])
        group by u.vintage order by u.vintage`.execute(db);
      return rows;
    },

    /** Staged rows become units of `vintage`. */
    async adopt(vintage: string): Promise<void> {
      await sql`
        insert into unit (code, kind, name, search_name, department, region, epci, population,
          area_km2, geom, point, vintage)
        select code, 'commune', name, search_name, department, region, epci, population,
          st_area(geom::geography) / 1e6, geom,
          case when lon is not null then st_setsrid(st_makepoint(lon, lat), 4326)
            when st_contains(geom, st_centroid(geom)) then st_centroid(geom)
            else st_pointonsurface(geom) end,
          ${vintage}
        from staged_unit order by code
        on conflict (code) do update set kind = excluded.kind, name = excluded.name,
          search_name = excluded.search_name, department = excluded.department,
          region = excluded.region, epci = excluded.epci, population = excluded.population,
          area_km2 = excluded.area_km2, geom = excluded.geom, point = excluded.point,
          vintage = excluded.vintage`.execute(db);
      await sql`drop table staged_unit`.execute(db);
      await sql`analyze unit`.execute(db);
    },

    /** Open CPTS that hold units of `vintage`: units left over from it after `adopt`. */
    async leftOver(vintage: string): Promise<{ code: string; name: string; cpts: string }[]> {
      const { rows } = await sql<{ code: string; name: string; cpts: string }>`
        select u.code, u.name, c.name as cpts from unit u
        join cpts_member m on m.unit = u.code join cpts c on c.id = m.cpts
        where u.vintage = ${vintage} and c.status <> 'closed' order by u.code limit 20`.execute(db);
      return rows;
    },

    /** What closed CPTS held stays in their versions. */
    async removeLeftOver(vintage: string): Promise<void> {
      await sql`delete from cpts_member using unit, cpts
        where unit.code = cpts_member.unit and cpts.id = cpts_member.cpts
          and unit.vintage = ${vintage} and cpts.status = 'closed'`.execute(db);
      await db.deleteFrom('unit').where('vintage', '=', vintage).execute();
    },
  };
}
