import { expect, test } from 'vitest';
import { seededRandom } from '../../../server/core/random.ts';

test('the same seed draws the same numbers, from 0 to 1, evenly', () => {
  const one = seededRandom(7);
  const two = seededRandom(7);
  const other = seededRandom(8);
  const drawn = Array.from({ length: 20_000 }, one);
  expect(Array.from({ length: 20_000 }, two)).toEqual(drawn);
  expect(drawn).not.toContain(other());
  const tenths = new Array<number>(10).fill(0);
  for (const value of drawn) tenths[Math.floor(value * 10)]!++;
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
});

test('a seed is an integer of 32 bits', () => {
  expect(() => seededRandom(4_294_967_295)).not.toThrow();
  expect(() => seededRandom(-1)).toThrow('expected a seed from 0 to 4294967295, got -1');
  expect(() => seededRandom(0.5)).toThrow(RangeError);
});
