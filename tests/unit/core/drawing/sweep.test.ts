import { booleanPointInPolygon, polygon } from '@turf/turf';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  alongSegment,
  inBox,
  inOutline,
  onPlane,
  pointPlane,
} from '../../../../server/core/drawing/sweep.ts';

const at = fc.record({ x: fc.nat(50), y: fc.nat(50) });
const plane = fc.array(at, { minLength: 1, maxLength: 30 }).map((points) => ({
  x: Float64Array.from(points, ({ x }) => x + 0.25),
  y: Float64Array.from(points, ({ y }) => y + 0.4),
}));

it('projects as map tiles do', () => {
  expect(onPlane(0, 0)).toEqual({ x: 0.5, y: 0.5 });
  expect(onPlane(180, 85.0511287798066).y).toBeCloseTo(0, 9);
  expect(onPlane(2, 47).y).toBeLessThan(onPlane(2, 46).y);
  const { x, y } = pointPlane([2, 3], [47, 46]);
  expect([x[1], y[1]]).toEqual(Object.values(onPlane(3, 46)));
});

it('sweeps what is within the radius of some point of the stroke', () => {
  fc.assert(
    fc.property(plane, at, at, fc.integer({ min: 1, max: 20 }), (points, from, to, radius) => {
      const found = new Set(alongSegment(points, from, to, radius));
      for (let u = 0; u < points.x.length; u++) {
        let nearest = Infinity;
        for (let k = 0; k <= 2000; k++) {
          const t = k / 2000;
          const dx = from.x + t * (to.x - from.x) - points.x[u]!;
          const dy = from.y + t * (to.y - from.y) - points.y[u]!;
          nearest = Math.min(nearest, Math.hypot(dx, dy));
        }
        // Samples are at most 0.02 from the true nearest point.
        if (nearest <= radius) expect(found.has(u)).toBe(true);
        if (nearest > radius + 0.05) expect(found.has(u)).toBe(false);
      }
    }),
  );
});

it('boxes from any corner to any other', () => {
  fc.assert(
    fc.property(plane, at, at, (points, a, b) => {
      const found = new Set(inBox(points, a, b));
      for (let u = 0; u < points.x.length; u++) {
        const between = (p: number, from: number, to: number) => (p - from) * (p - to) <= 0;
        const isIn = between(points.x[u]!, a.x, b.x) && between(points.y[u]!, a.y, b.y);
        expect(found.has(u)).toBe(isIn);
      }
    }),
  );
});

it('surrounds what an outline surrounds', () => {
  fc.assert(
    fc.property(plane, fc.array(at, { minLength: 3, maxLength: 9 }), (points, corners) => {
      const found = new Set(inOutline(points, corners));
      const ring = [...corners, corners[0]!].map(({ x, y }) => [x, y]);
      const outline = polygon([ring]);
      for (let u = 0; u < points.x.length; u++) {
        const isIn = booleanPointInPolygon([points.x[u]!, points.y[u]!], outline, {
          ignoreBoundary: true,
        });
        if (isIn !== found.has(u)) {
          // On the line itself neither answer is wrong.
          expect(booleanPointInPolygon([points.x[u]!, points.y[u]!], outline)).toBe(true);
        }
      }
    }),
  );
});

it('surrounds nothing with less than three corners', () => {
  const points = { x: Float64Array.of(0), y: Float64Array.of(0) };
  expect(
    inOutline(points, [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ]),
  ).toEqual([]);
});
