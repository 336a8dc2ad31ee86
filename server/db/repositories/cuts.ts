import type { Position } from 'geojson';
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

type Line = readonly Position[];

const lineOf = (line: Line) =>
  sql`st_setsrid(st_geomfromgeojson(${JSON.stringify({ type: 'LineString', coordinates: line })}), 4326)`;

/** A unit cut by a line. */
export function cutRepository(db: Kysely<Schema>) {
  /** Pieces in the order that PostGIS gives them, the same at each call. */
  const pieces = (unit: string, line: Line) => sql`
    select (d).path[1] as at, (d).geom as geom from (
      select st_dump(st_split(geom, ${lineOf(line)})) as d from unit where code = ${unit}
    ) cut`;

  return {
    /** Whether a line crosses itself nowhere. */
    async isSimple(line: Line): Promise<boolean> {
      const { rows } = await sql<{ simple: boolean }>`
        select st_issimple(${lineOf(line)}) as simple`.execute(db);
      return rows[0]?.simple ?? false;
    },

    /** Rings of each piece that the line makes of a unit, longitude and latitude in degrees. */
    async pieces(unit: string, line: Line): Promise<Position[][][]> {
      const { rows } = await sql<{ rings: Position[][] }>`
        select st_asgeojson(p.geom, 15)::jsonb -> 'coordinates' as rings
        from (${pieces(unit, line)}) p order by p.at`.execute(db);
      return rows.map(({ rings }) => rings);
    },

    /** The two sides of a cut: `sides` is that of each piece, 0 or 1. */
    async sides(unit: string, line: Line, sides: number[]) {
      const { rows } = await sql<{
        areaKm2: number;
        outline: { type: 'MultiPolygon'; coordinates: Position[][][] };
      }>`
        select st_area(g.geom::geography) / 1e6 as "areaKm2",
          st_asgeojson(g.geom, 7)::jsonb as outline
        from (
          select s.side, st_multi(st_collect(p.geom)) as geom
          from (${pieces(unit, line)}) p
          join unnest(${sides}::integer[]) with ordinality as s(side, at) on s.at = p.at
          group by s.side
        ) g order by g.side`.execute(db);
      return rows;
    },

    /** Stages both sides for the leaves `codes`. */
    async stage(unit: string, line: Line, sides: number[], codes: [string, string]): Promise<void> {
      await sql`
        insert into staged_leaf
        select (${codes}::text[])[s.side + 1],
          st_multi(st_collectionextract(st_unaryunion(st_collect(p.geom)), 3))
        from (${pieces(unit, line)}) p
        join unnest(${sides}::integer[]) with ordinality as s(side, at) on s.at = p.at
        group by s.side`.execute(db);
    },

    /** Positions of the outline, to lay a straight line across it. */
    async outline(unit: string): Promise<Position[]> {
      const { rows } = await sql<{ points: Position[] }>`
        select st_asgeojson(st_points(geom), 15)::jsonb -> 'coordinates' as points
        from unit where code = ${unit}`.execute(db);
      return rows[0]?.points ?? [];
    },
  };
}
