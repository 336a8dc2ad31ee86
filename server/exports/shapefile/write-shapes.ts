import type { MultiPolygon, Position } from 'geojson';
import { turning } from '../../imports/territory/shapefile/rings.ts';

const POLYGON = 5;
const HEADER = 100;

/**
 * The `.shp` and `.shx` of a list of polygons.
 *
 * Format: ESRI Shapefile Technical Description, 1998: outer rings clockwise, holes anticlockwise.
 */
export function writeShapes(shapes: readonly MultiPolygon[]): { shp: Uint8Array; shx: Uint8Array } {
  const rings = shapes.map(({ coordinates }) =>
    coordinates.flatMap((polygon) =>
      polygon.map((ring, k) => (turning(ring) < 0 === (k === 0) ? ring : [...ring].reverse())),
    ),
  );
  const sizes = rings.map(
    (each) => 44 + 4 * each.length + 16 * each.reduce((sum, ring) => sum + ring.length, 0),
  );
  const box = boxOf(rings.flat(2));
  const shp = new DataView(
    new ArrayBuffer(HEADER + sizes.reduce((sum, size) => sum + 8 + size, 0)),
  );
  const shx = new DataView(new ArrayBuffer(HEADER + 8 * shapes.length));
  for (const view of [shp, shx]) writeHeader(view, box);
  let at = HEADER;
  rings.forEach((each, index) => {
    const size = sizes[index]!;
    shx.setInt32(HEADER + 8 * index, at / 2);
    shx.setInt32(HEADER + 8 * index + 4, size / 2);
    shp.setInt32(at, index + 1);
    shp.setInt32(at + 4, size / 2);
    writePolygon(new DataView(shp.buffer, at + 8, size), each);
    at += 8 + size;
  });
  return { shp: new Uint8Array(shp.buffer), shx: new Uint8Array(shx.buffer) };
}

type Box = readonly [number, number, number, number];

/** Lengths and codes are big-endian, the rest little-endian. */
function writeHeader(view: DataView, box: Box): void {
  view.setInt32(0, 9994);
  view.setInt32(24, view.byteLength / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, POLYGON, true);
  writeBox(view, 36, box);
}

function writeBox(view: DataView, at: number, box: Box): void {
  box.forEach((side, k) => {
    view.setFloat64(at + 8 * k, side, true);
  });
}

function writePolygon(view: DataView, rings: readonly Position[][]): void {
  view.setInt32(0, POLYGON, true);
  writeBox(view, 4, boxOf(rings.flat()));
  view.setInt32(36, rings.length, true);
  const points = rings.flat();
  view.setInt32(40, points.length, true);
  let first = 0;
  rings.forEach((ring, k) => {
    view.setInt32(44 + 4 * k, first, true);
    first += ring.length;
  });
  const start = 44 + 4 * rings.length;
  points.forEach(([x = 0, y = 0], k) => {
    view.setFloat64(start + 16 * k, x, true);
    view.setFloat64(start + 16 * k + 8, y, true);
  });
}

/** West, south, east, north; zeros around nothing. */
function boxOf(positions: readonly Position[]): Box {
  if (positions.length === 0) return [0, 0, 0, 0];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of positions) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return [west, south, east, north];
}
