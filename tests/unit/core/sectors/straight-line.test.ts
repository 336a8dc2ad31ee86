import fc from 'fast-check';
import { expect, test } from 'vitest';
import { courses, straightLine } from '../../../../server/core/sectors/straight-line.ts';

const outline = fc.array(
  fc.tuple(
    fc.double({ min: 1, max: 3, noNaN: true }),
    fc.double({ min: 46, max: 48, noNaN: true }),
  ),
  { minLength: 3, maxLength: 30 },
);

test('leaves the share asked of the extent on one hand, and passes beyond both ends', () => {
  fc.assert(
    fc.property(
      outline,
      fc.constantFrom(...courses),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (points, course, at) => {
        const [[x1, y1], [x2, y2]] = straightLine(points, course, at);
        const squeeze = Math.cos((points[0]![1] * Math.PI) / 180);
        const length = Math.hypot((x2 - x1) * squeeze, y2 - y1);
        if (length < 1e-6) return;
        const [dx, dy] = [((x2 - x1) * squeeze) / length, (y2 - y1) / length];
        const off = points.map(([x, y]) => (x - x1) * squeeze * -dy + (y - y1) * dx);
        const along = points.map(([x, y]) => (x - x1) * squeeze * dx + (y - y1) * dy);
        const [least, most] = [Math.min(...off), Math.max(...off)];
        if (most - least < 1e-6) return;
        expect(-least / (most - least)).toBeCloseTo(at, 4);
        expect(Math.min(...along)).toBeGreaterThan(-1e-9);
        expect(Math.max(...along)).toBeLessThan(length + 1e-9);
      },
    ),
  );
});

test('north–south runs south', () => {
  const [[x1, y1], [x2, y2]] = straightLine(
    [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
    ],
    'north-south',
    0.5,
  );
  expect(x1).toBeCloseTo(1);
  expect(x2).toBeCloseTo(1);
  expect(y1).toBeGreaterThan(y2);
});
