import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOut } from '../../../../server/core/sectors/share-out.ts';

const weights = fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 40 });

test('shares are whole, add up, and are less than one away from the exact part', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e7 }), weights, (total, parts) => {
      const shares = shareOut(total, parts);
      const sum = parts.reduce((all, one) => all + one, 0);
      expect(shares.reduce((all, one) => all + one, 0)).toBe(total);
      shares.forEach((share, i) => {
        expect(Number.isInteger(share)).toBe(true);
        const exact = sum > 0 ? (total * parts[i]!) / sum : total / parts.length;
        expect(Math.abs(share - exact)).toBeLessThan(1);
      });
    }),
  );
});

test('equal remainders go to the first', () => {
  expect(shareOut(5, [1, 1, 1])).toEqual([2, 2, 1]);
  expect(shareOut(3, [0, 0])).toEqual([2, 1]);
});

test('what cannot be shared out is refused', () => {
  expect(() => shareOut(1.5, [1])).toThrow(RangeError);
  expect(() => shareOut(1, [-1])).toThrow(RangeError);
});
