import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchTerritories } from '../../../../server/core/proposal/match.ts';

const plans = fc.integer({ min: 1, max: 30 }).chain((n) =>
  fc.record({
    one: fc.array(fc.integer({ min: -1, max: 5 }), { minLength: n, maxLength: n }),
    other: fc.array(fc.integer({ min: -1, max: 5 }), { minLength: n, maxLength: n }),
    population: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n }),
  }),
);

test('a plan renumbered is matched territory by territory', () => {
  fc.assert(
    fc.property(plans, ({ one, population }) => {
      const other = one.map((t) => (t < 0 ? -1 : 10 - t));
      for (const pair of matchTerritories(one, other, population)) {
        expect(pair.other).toBe(10 - pair.one);
      }
    }),
  );
});

test('pairs are one to one, both ways alike, and no two left would share more than a pair they break', () => {
  fc.assert(
    fc.property(plans, ({ one, other, population }) => {
      const pairs = matchTerritories(one, other, population);
      expect(new Set(pairs.map((pair) => pair.one)).size).toBe(pairs.length);
      expect(new Set(pairs.map((pair) => pair.other)).size).toBe(pairs.length);
      const shared = (a: number, b: number) =>
        one.reduce((sum, t, u) => sum + (t === a && other[u] === b ? population[u]! : 0), 0);
      for (const pair of pairs) expect(pair.population).toBe(shared(pair.one, pair.other));
      for (let a = 0; a <= 5; a++) {
        for (let b = 0; b <= 5; b++) {
          const rivals = pairs.filter((pair) => pair.one === a || pair.other === b);
          const most = Math.max(0, ...rivals.map((pair) => pair.population));
          expect(shared(a, b)).toBeLessThanOrEqual(most);
        }
      }
    }),
  );
});
