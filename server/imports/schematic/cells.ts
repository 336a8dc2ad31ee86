import { Delaunay } from 'd3-delaunay';
import type { Point } from './projection.ts';

/**
 * Voronoi cells of the first `count` of the points; the others only bound them. A corner belongs to
 * a triangle of the Delaunay diagram and is rounded once, so that the cells that meet there have
 * exactly the same vertex: no clipping, no gap, no overlap.
 *
 * Every wanted cell must be surrounded by other points (none on the convex hull).
 */
export function cellsAround(
  points: Point[],
  count: number,
  toLonLat: (km: Point) => [number, number],
): [number, number][][] {
  const delaunay = Delaunay.from(points);
  const { circumcenters } = delaunay.voronoi();
  const corners = Array.from({ length: circumcenters.length / 2 }, (_, triangle) =>
    toLonLat([circumcenters[2 * triangle] as number, circumcenters[2 * triangle + 1] as number]),
  );
  return Array.from({ length: count }, (_, point) =>
    counterClockwise(
      closedRing([...trianglesAround(delaunay, point)].map((t) => corners[t] as [number, number])),
    ),
  );
}

/** Triangles that meet at a point, in order around it. */
function* trianglesAround(
  { inedges, halfedges }: Delaunay<Point>,
  point: number,
): Generator<number> {
  const first = inedges[point] as number;
  let edge = first;
  do {
    yield Math.floor(edge / 3);
    const leaving = edge % 3 === 2 ? edge - 2 : edge + 1;
    edge = halfedges[leaving] as number;
    if (edge < 0) throw new Error(`Point ${point} lies on the outer edge of the diagram`);
  } while (edge !== first);
}

/** Corners that rounding made equal are one. */
function closedRing(corners: readonly [number, number][]): [number, number][] {
  const ring = corners.filter(([x, y], k) => {
    const [u, v] = corners.at(k - 1) as [number, number];
    return x !== u || y !== v;
  });
  const first = ring[0];
  if (first !== undefined) ring.push([...first]);
  return ring;
}

function counterClockwise(ring: [number, number][]): [number, number][] {
  let twiceArea = 0;
  for (let k = 1; k < ring.length; k += 1) {
    const [x, y] = ring[k - 1] as [number, number];
    const [u, v] = ring[k] as [number, number];
    twiceArea += x * v - u * y;
  }
  return twiceArea < 0 ? ring.reverse() : ring;
}
