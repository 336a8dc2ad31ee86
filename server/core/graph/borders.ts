import { chainSegments } from './chains.ts';
import { splitAtVertices } from './junctions.ts';
import { SegmentTable } from './segments.ts';

/** GeoJSON MultiPolygon coordinates: polygons, rings (outer first), positions lon/lat in degrees. */
export type MultiPolygonCoordinates = readonly (readonly (readonly (readonly number[])[])[])[];

/** The boundary that two units share, or the outer edge of one. */
export interface BorderLine {
  /** index of a unit */
  a: number;
  /** index of the unit on the other side, above `a`; -1 on the outer edge */
  b: number;
  /** great-circle length, m */
  lengthM: number;
  /** lon/lat in degrees; a closed line repeats its first point */
  lines: [number, number][][];
}

/**
 * Borders between units, from their outlines. A boundary is cut into segments between consecutive
 * points (rounded to 1e-7 degrees); a segment found in two units is their border, one found in a
 * single unit is outer edge. Where the points of one unit lie on a segment of another (T-junction)
 * the segment is first cut at those points. Segments of one pair are then chained into lines.
 *
 * Units that touch only at a point share no border. A segment found in three units or more (outlines
 * that overlap) belongs to the two lowest; a segment found twice in one unit (its polygons touch) is
 * no border at all.
 *
 * One line per pair, sorted by (a, b) with the outer edge (b = -1) of each unit first.
 *
 * @throws RangeError when a coordinate is not finite.
 */
export function borderLines(polygons: readonly MultiPolygonCoordinates[]): BorderLine[] {
  const table = new SegmentTable();
  for (let unit = 0; unit < polygons.length; unit++) {
    for (const polygon of polygons[unit]!) {
      for (const ring of polygon) table.addRing(unit, ring);
    }
  }
  return chainSegments(splitAtVertices(table));
}
