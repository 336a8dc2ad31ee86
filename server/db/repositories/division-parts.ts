import { type Kysely, sql } from 'kysely';
import type { SubdivisionRow } from '../../imports/subdivisions/read-subdivisions.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';

/** How well the parts of a file fit their commune; areas in km². */
export interface PartsFit {
  commune: string;
  areaKm2: number;
  /** of the commune, in no part */
  gapKm2: number;
  /** of the commune, in two parts or more */
  overlapKm2: number;
  /** of the parts, outside the commune */
  outsideKm2: number;
  /** parts that have no ground inside the commune, by number */
  lost: number[];
}

/**
 * Fits parts of communes, as a file draws them, to the outlines of these communes: all lines of a
 * commune and of its parts are noded together, and each face between them goes to the part that
 * covers it (the first, where several do). A face inside the commune that no part covers goes to
 * the part it has the longest line with. The parts then tile the commune with the same vertices on
 * both sides of each line. Every call belongs inside one transaction, in the order of this file.
 */
export function divisionPartRepository(db: Kysely<Schema>) {
  return {
    /** Parts are numbered in the order given, from 0. */
    async stage(rows: readonly SubdivisionRow[]): Promise<void> {
      await sql`drop table if exists staged_part`.execute(db);
      await sql`create temporary table staged_part
        (number integer primary key, commune text, outline text, geom geometry(Geometry, 4326))`.execute(
        db,
      );
      await insertColumns(db, 'staged_part', [
        { name: 'number', type: 'integer', values: rows.map((_, k) => k) },
        { name: 'commune', type: 'text', values: rows.map(({ commune }) => commune) },
        { name: 'outline', type: 'text', values: rows.map((row) => JSON.stringify(row.geometry)) },
      ]);
      await sql`update staged_part set geom = st_multi(st_collectionextract(st_makevalid(
        st_force2d(st_setsrid(st_geomfromgeojson(outline), 4326))), 3))`.execute(db);
    },

    async fit(): Promise<PartsFit[]> {
      await sql`drop table if exists part_face`.execute(db);
      await sql`
        create temporary table part_face as
        with line as (
          select commune, st_unaryunion(st_collect(line)) as lines from (
            select commune, st_boundary(geom) as line from staged_part where not st_isempty(geom)
            union all
            select code, st_boundary(geom) from unit
            where code in (select commune from staged_part)
          ) l group by commune
        ), face as (
          select commune, (st_dump(polygons)).geom as geom
          from (select commune, st_polygonize(lines) as polygons from line group by commune) f
        ), inside as (
          select f.commune, f.geom, st_pointonsurface(f.geom) as point from face f
        )
        select row_number() over () as id, f.commune, f.geom, covering.numbers[1] as number,
          cardinality(covering.numbers) as parts
        from inside f join unit u on u.code = f.commune and st_intersects(u.geom, f.point),
        lateral (
          select coalesce(array_agg(s.number order by s.number), '{}') as numbers
          from staged_part s where s.commune = f.commune and st_intersects(s.geom, f.point)
        ) covering`.execute(db);
      const { rows } = await sql<PartsFit>`
        select f.commune, sum(f.area) as "areaKm2",
          coalesce(sum(f.area) filter (where f.parts = 0), 0) as "gapKm2",
          coalesce(sum(f.area) filter (where f.parts > 1), 0) as "overlapKm2",
          (select coalesce(sum(st_area(st_difference(s.geom, u.geom)::geography)), 0) / 1e6
            from staged_part s join unit u on u.code = s.commune
            where s.commune = f.commune) as "outsideKm2",
          (select coalesce(array_agg(s.number order by s.number), '{}') from staged_part s
            where s.commune = f.commune and not exists (
              select from part_face t where t.commune = s.commune and t.number = s.number)) as lost
        from (select commune, number, parts, st_area(geom::geography) / 1e6 as area
          from part_face) f
        group by f.commune order by f.commune collate "C"`.execute(db);
      return rows;
    },

    /** Deals out the faces that no part covers, those beside a part first. */
    async fillGaps(): Promise<void> {
      for (;;) {
        const { rows } = await sql`
          with beside as (
            select distinct on (g.id) g.id, f.number
            from part_face g join part_face f on f.commune = g.commune and f.number is not null
              and st_intersects(f.geom, g.geom)
            where g.number is null
            order by g.id, st_length(st_intersection(st_boundary(f.geom), st_boundary(g.geom))) desc,
              f.number
          )
          update part_face p set number = beside.number from beside where beside.id = p.id
          returning p.id`.execute(db);
        if (rows.length === 0) break;
      }
      // An island of the commune that the file leaves out: the nearest part takes it.
      await sql`
        update part_face g set number = (
          select f.number from part_face f
          where f.commune = g.commune and f.number is not null
          order by st_distance(f.geom, g.geom), f.number limit 1)
        where g.number is null`.execute(db);
    },

    /** The parts that have ground become staged leaves; `codes` by number, null for those left out. */
    async stageLeaves(codes: readonly (string | null)[]): Promise<void> {
      await sql`
        insert into staged_leaf
        select c.code, st_multi(st_collectionextract(st_unaryunion(st_collect(f.geom)), 3))
        from part_face f
        join unnest(${codes}::text[]) with ordinality as c(code, at) on c.at = f.number + 1
        where c.code is not null
        group by c.code`.execute(db);
      await sql`drop table part_face`.execute(db);
      await sql`drop table staged_part`.execute(db);
    },

    /** Areas of the staged leaves, km². */
    async areas(): Promise<Map<string, number>> {
      const { rows } = await sql<{ code: string; area: number }>`
        select code, st_area(geom::geography) / 1e6 as area from staged_leaf`.execute(db);
      return new Map(rows.map(({ code, area }) => [code, area]));
    },
  };
}
