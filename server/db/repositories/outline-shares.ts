import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** What an outline covers. */
export interface CoveredUnits {
  /** share of each unit's area, 0 to 1, of those covered by a thousandth at least; by code */
  units: { code: string; share: number }[];
  /** PostGIS's reason, when the outline had to be repaired */
  repaired: string | null;
  /** west, south, east, north in degrees; null when no area is left of it, even repaired */
  bbox: [number, number, number, number] | null;
  /** GeoJSON text of the outline, simplified to what a map of the region can show */
  shown: string | null;
}

/** Leaf units: a commune whose subdivisions are loaded is in no territory itself. */
const leaf = sql`not exists (select from unit part where part.parent = u.code)`;

export function outlineRepository(db: Kysely<Schema>) {
  return {
    /**
     * The share of each unit of `vintage` that an outline covers. Areas are in square degrees: a
     * unit is small enough for the ratio of two parts of it to be that of their areas on the ground.
     * The outline is cut in pieces first, so that no intersection is with all of its vertices.
     * Intersections are on a grid of a tenth of a millimetre: borders that nearly coincide, as those
     * of a file that was in Lambert-93 do, make the exact ones fail, and on PGlite in silence.
     *
     * @param outline GeoJSON text of a (Multi)Polygon, WGS 84; it may cross itself
     */
    async covered(vintage: string, outline: string): Promise<CoveredUnits> {
      const { rows } = await sql<{
        units: CoveredUnits['units'] | null;
        repaired: string | null;
        bbox: CoveredUnits['bbox'];
        shown: string | null;
      }>`
        with drawn as materialized (
          select st_force2d(st_setsrid(st_geomfromgeojson(${outline}::text), 4326)) as geom
        ), mended as materialized (
          select case when st_isvalid(geom) then geom
              else st_collectionextract(
                st_makevalid(geom, 'method=structure keepcollapsed=false'), 3) end as geom,
            case when not st_isvalid(geom) then st_isvalidreason(geom) end as repaired
          from drawn
        ), pieces as materialized (
          select st_subdivide(geom, 128) as geom from mended where st_area(geom) > 0
        ), parts as (
          select u.code, st_area(u.geom) as whole,
            case when st_covers(p.geom, u.geom) then st_area(u.geom)
              else st_area(st_intersection(u.geom, p.geom, 1e-9)) end as part
          from pieces p join unit u on u.geom && p.geom
          where u.vintage = ${vintage} and ${leaf}
        ), shares as (
          select code, least(1, sum(part) / min(whole)) as share from parts group by code
        )
        select repaired,
          case when st_area(geom) > 0 then
            jsonb_build_array(st_xmin(geom), st_ymin(geom), st_xmax(geom), st_ymax(geom)) end as bbox,
          case when st_area(geom) > 0 then
            st_asgeojson(st_simplify(geom, greatest(st_xmax(geom) - st_xmin(geom),
              st_ymax(geom) - st_ymin(geom)) / 1000, true), 5) end as shown,
          (select jsonb_agg(jsonb_build_object('code', code, 'share', round(share::numeric, 5))
            order by code collate "C") from shares where share >= 0.001) as units
        from mended`.execute(db);
      const [row] = rows;
      if (!row) throw new Error('the database gave up the intersections of an outline');
      return { ...row, units: row.units ?? [] };
    },

    /** Leaf units of some codes, or of some names without accents. */
    async lookUp(vintage: string, { codes, names }: { codes: string[]; names: string[] }) {
      const { rows } = await sql<{ code: string; name: string; department: string }>`
        select u.code, u.name, u.department from unit u
        where u.vintage = ${vintage} and ${leaf}
          and (u.code = any(${codes}::text[]) or u.search_name = any(${names}::text[]))
        order by u.code collate "C"`.execute(db);
      return rows;
    },
  };
}
