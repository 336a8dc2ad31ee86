import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exchanges } from '../../../../server/core/flows/exchanges.ts';
import { flowMatrix, inflows, outflows } from '../../../../server/core/flows/matrix.ts';
import { anyFlows, dense, matrixOf } from '../arbitraries.ts';

function table(n: number, flows: [number, number, number][]): number[][] {
  const sums = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (const [i, j, patients] of flows) sums[i]![j]! += patients;
  return sums;
}

test('rows ascend, each destination once; every patient is counted, in and out', () => {
  fc.assert(
    fc.property(anyFlows(6), (flows) => {
      const m = matrixOf(6, flows);
      const expected = table(6, flows);
      expect(dense(m)).toEqual(expected);
      for (let i = 0; i < 6; i++) {
        const row = [...m.destinations.slice(m.offsets[i], m.offsets[i + 1])];
        expect(row).toEqual([...new Set(row)].sort());
        expect(outflows(m)[i]).toBe(expected[i]!.reduce((sum, p) => sum + p, 0));
        expect(inflows(m)[i]).toBe(expected.reduce((sum, r) => sum + r[i]!, 0));
      }
    }),
  );
});

test('exchanges are symmetric, without self-flow', () => {
  fc.assert(
    fc.property(anyFlows(5), (flows) => {
      const expected = table(5, flows);
      const both = dense(exchanges(matrixOf(5, flows)));
      for (let i = 0; i < 5; i++) {
        for (let j = 0; j < 5; j++) {
          expect(both[i]![j]).toBe(i === j ? 0 : expected[i]![j]! + expected[j]![i]!);
        }
      }
    }),
  );
});

test.each([
  [[0], [2], [1], 'expected units from 0 to 1, got 0 and 2'],
  [[-1], [0], [1], 'expected units from 0 to 1, got -1 and 0'],
  [[0], [1], [-3], 'expected a count of patients, got -3'],
  [[0], [1], [Infinity], 'expected a count of patients, got Infinity'],
  [[0], [], [1], 'expected three columns of one length, got 1, 0 and 1'],
])('refuses %j %j %j', (origins, destinations, patients, message) => {
  expect(() => flowMatrix(2, origins, destinations, patients)).toThrow(message);
});
