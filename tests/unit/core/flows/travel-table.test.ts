import fc from 'fast-check';
import { expect, test } from 'vitest';
import { travelTable } from '../../../../server/core/flows/travel-table.ts';

/** What the table says of every pair; undefined where it has no way. */
function minutesOf(table: ReturnType<typeof travelTable>): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i < table.n; i++) {
    for (let e = table.offsets[i]!; e < table.offsets[i + 1]!; e++) {
      expect(found.has(`${i} ${table.destinations[e]}`)).toBe(false);
      if (e > table.offsets[i]!)
        expect(table.destinations[e]!).toBeGreaterThan(table.destinations[e - 1]!);
      found.set(`${i} ${table.destinations[e]}`, table.minutes[e]!);
    }
  }
  return found;
}

test('a pair given once serves both ways, the mean of one given several times, oneself in no time', () => {
  const n = 6;
  const pair = fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.nat(90));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 40 }), (pairs) => {
      const given = new Map<string, number[]>();
      for (const [i, j, minutes] of pairs) {
        given.set(`${i} ${j}`, [...(given.get(`${i} ${j}`) ?? []), minutes]);
      }
      const mean = (key: string) => {
        const all = given.get(key);
        return all && all.reduce((sum, minutes) => sum + minutes, 0) / all.length;
      };
      const table = travelTable(
        n,
        pairs.map(([i]) => i),
        pairs.map(([, j]) => j),
        pairs.map(([, , minutes]) => minutes),
      );
      const found = minutesOf(table);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const expected = mean(`${i} ${j}`) ?? mean(`${j} ${i}`) ?? (i === j ? 0 : undefined);
          if (expected === undefined) expect(found.has(`${i} ${j}`)).toBe(false);
          else expect(found.get(`${i} ${j}`)).toBeCloseTo(expected, 9);
        }
      }
    }),
  );
});

test.each([
  [[[0], [1], []], 'three columns of one length, got 1, 1 and 0'],
  [[[0], [2], [5]], 'pair 0: expected units from 0 to 1, got 0 and 2'],
  [[[0], [1], [-5]], 'pair 0: expected minutes, got -5'],
  [[[0], [1], [Number.NaN]], 'pair 0: expected minutes, got NaN'],
])('refuses %j', ([origins, destinations, minutes], message) => {
  expect(() => travelTable(2, origins!, destinations!, minutes!)).toThrow(message);
});
