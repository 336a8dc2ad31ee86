import type { Position } from 'geojson';

/** Twice the signed area: positive when the ring turns anticlockwise. */
export function turning(ring: readonly Position[]): number {
  let sum = 0;
  for (let k = 0; k + 1 < ring.length; k++) {
    const [ax = 0, ay = 0] = ring[k]!;
    const [bx = 0, by = 0] = ring[k + 1]!;
    sum += ax * by - bx * ay;
  }
  return sum;
}

/**
 * Rings of a Shapefile → polygons of GeoJSON. A Shapefile tells outer rings (clockwise) from holes
 * by the way they turn and leaves unsaid whose hole one is: the smallest outer ring around it. A
 * ring that turns like a hole and has nothing around it is an outer ring that was drawn backwards.
 */
export function nestRings(rings: readonly Position[][]): Position[][][] {
  const outers: { ring: Position[]; size: number; holes: Position[][] }[] = [];
  const holes: Position[][] = [];
  for (const ring of rings) {
    const area = turning(ring);
    if (area < 0) outers.push({ ring, size: -area, holes: [] });
    else if (area > 0) holes.push(ring);
  }
  const proper = [...outers].sort((a, b) => a.size - b.size);
  for (const hole of holes) {
    const around = proper.find(({ ring, size }) => size >= turning(hole) && holds(ring, hole));
    if (around) around.holes.push(hole);
    else outers.push({ ring: hole, size: turning(hole), holes: [] });
  }
  return outers.map(({ ring, holes: inside }) => [ring, ...inside]);
}

/** Whether a ring lies inside another that it does not cross; it may touch it at some corners. */
function holds(outer: readonly Position[], inner: readonly Position[]): boolean {
  let inside = 0;
  let outside = 0;
  for (const position of inner) {
    if (onCorner(outer, position)) continue;
    if (contains(outer, position)) inside++;
    else outside++;
    if (inside + outside >= 3) break;
  }
  return inside > outside;
}

function onCorner(ring: readonly Position[], [x, y]: Position): boolean {
  return ring.some(([a, b]) => a === x && b === y);
}

/** Even–odd rule on a ray towards the east. */
function contains(ring: readonly Position[], [x = 0, y = 0]: Position): boolean {
  let odd = false;
  for (let k = 0; k + 1 < ring.length; k++) {
    const [ax = 0, ay = 0] = ring[k]!;
    const [bx = 0, by = 0] = ring[k + 1]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}
