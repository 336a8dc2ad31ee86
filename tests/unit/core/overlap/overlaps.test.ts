import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlaps, uncovered } from '../../../../server/core/overlap/overlaps.ts';

const sets = fc.array(fc.array(fc.nat(9), { maxLength: 8 }), { maxLength: 6 });

test('agrees with the intersection of every pair', () => {
  fc.assert(
    fc.property(sets, (given) => {
      const expected = given.flatMap((one, a) =>
        given.slice(a + 1).flatMap((other, k) => {
          const units = [...new Set(one)].filter((unit) => other.includes(unit)).sort();
          return units.length > 0 ? [{ a, b: a + 1 + k, units: Int32Array.from(units) }] : [];
        }),
      );
      expect(overlaps(given)).toEqual(expected);
      const held = new Set(given.flat());
      expect([...uncovered(10, given)]).toEqual(
        [...Array(10).keys()].filter((unit) => !held.has(unit)),
      );
    }),
  );
});
