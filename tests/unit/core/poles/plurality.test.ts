import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mainPoles } from '../../../../server/core/poles/plurality.ts';
import { anyFlows, dense, matrixOf } from '../arbitraries.ts';

test('the pole is the first of all destinations sorted by patients, inflow, code', () => {
  fc.assert(
    fc.property(anyFlows(6), (flows) => {
      const m = matrixOf(6, flows);
      const table = dense(m);
      const inflow = table[0]!.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0));
      const found = mainPoles(m);
      table.forEach((row, i) => {
        const ranked = row
          .map((patients, j) => ({ patients, j }))
          .filter(({ patients }) => patients > 0)
          .sort((p, q) => q.patients - p.patients || inflow[q.j]! - inflow[p.j]! || p.j - q.j);
        const total = row.reduce((sum, patients) => sum + patients, 0);
        expect(found.pole[i]).toBe(ranked[0]?.j ?? -1);
        expect(found.second[i]).toBe(ranked[1]?.j ?? -1);
        expect(found.rate[i]).toBe(ranked[0] ? ranked[0].patients / total : 0);
      });
    }),
    { numRuns: 500 },
  );
});

test('ties: the larger inflow wins, then the lower code; a commune may be its own pole', () => {
  const found = mainPoles(
    matrixOf(4, [
      [0, 1, 5], // 0 goes to 1 and 2 alike, but 2 draws more
      [0, 2, 5],
      [3, 2, 1],
      [3, 3, 8], // its own pole
      [1, 0, 2], // 1 goes to 0 and 3 alike, and 3 draws more
      [1, 3, 2],
    ]),
  );
  expect([...found.pole]).toEqual([2, 3, -1, 3]);
  expect([...found.second]).toEqual([1, 0, -1, 2]);
  expect(found.rate[3]).toBeCloseTo(8 / 9, 12);
});
