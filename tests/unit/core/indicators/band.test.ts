import { expect, test } from 'vitest';
import { bandSide, checkBand, inBand } from '../../../../server/core/indicators/band.ts';

const band = { floor: 30_000, ceiling: 100_000 };

test.each([
  [29_999, 'below'],
  [30_000, 'in'],
  [100_000, 'in'],
  [100_001, 'above'],
])('%i inhabitants: %s the band', (population, side) => {
  expect(bandSide(population, band)).toBe(side);
  expect(inBand(population, band.floor, band.ceiling)).toBe(side === 'in');
});

test('an inverted band is refused', () => {
  expect(() => checkBand(band)).not.toThrow();
  expect(() => checkBand({ floor: 2, ceiling: 1 })).toThrow('floor <= ceiling, got 2 and 1');
  expect(() => checkBand({ floor: 0, ceiling: 1 })).toThrow(RangeError);
});
