import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analysePoles } from '../../../../server/core/poles/analysis.ts';
import { catchments } from '../../../../server/core/poles/catchments.ts';
import { countMasked, maskedFlows } from '../../../../server/core/poles/masked-flows.ts';
import { anyFlows, dense, matrixOf } from '../arbitraries.ts';

const plain = {
  method: 'plurality',
  masked: 5,
  minPatients: 0,
  minRate: 0,
  minCommunes: 1,
} as const;

function flowsOf(n: number, flows: [number, number, number, number?][]) {
  const column = (at: 0 | 1 | 2 | 3) => flows.map((flow) => flow[at] ?? 0);
  return maskedFlows(n, column(0), column(1), column(2), column(3));
}

function analysed(n: number, flows: [number, number, number, number?][], changes = {}) {
  const specialties = [{ flows: flowsOf(n, flows), weight: 1 }];
  const everywhere = new Array(n).fill(1);
  return analysePoles(n, specialties, { ...plain, ...changes }, everywhere, everywhere).all;
}

test('the pole is the first of all destinations sorted by patients, inflow, code', () => {
  fc.assert(
    fc.property(anyFlows(6), (flows) => {
      const table = dense(matrixOf(6, flows));
      const inflow = table[0]!.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0));
      const { communes } = analysed(6, flows);
      table.forEach((row, i) => {
        const order = row
          .map((patients, j) => ({ patients, j }))
          .filter(({ patients }) => patients > 0)
          .sort((p, q) => q.patients - p.patients || inflow[q.j]! - inflow[p.j]! || p.j - q.j);
        const total = row.reduce((sum, patients) => sum + patients, 0);
        const found = communes.find(({ unit }) => unit === i);
        expect(found?.pole).toBe(order[0]?.j);
        expect(found?.second).toBe(order[0] && (order[1]?.j ?? -1));
        expect(found?.rate).toBe(order[0] && order[0].patients / total);
      });
    }),
    { numRuns: 500 },
  );
});

test('ties: the larger inflow wins, then the lower code; a commune may be its own pole', () => {
  const { communes } = analysed(4, [
    [0, 1, 5], // 0 goes to 1 and 2 alike, but 2 draws more
    [0, 2, 5],
    [3, 2, 1],
    [3, 3, 8], // its own pole
    [1, 0, 2], // 1 goes to 0 and 3 alike, and 3 draws more
    [1, 3, 2],
  ]);
  expect(communes.map(({ unit, pole, second }) => [unit, pole, second])).toEqual([
    [0, 2, 1],
    [1, 3, 0],
    [3, 3, 2],
  ]);
});

/*
 *  0 → 1 → 2, 3 → 2: 2 is dominant, 1 intermediate; 2 sends most to 1, smaller than itself
 */
test('Nystuen–Dacey: links go up, and the top is its own pole', () => {
  const { communes, catchments: poles } = analysed(
    4,
    [
      [0, 0, 50],
      [0, 1, 60],
      [1, 1, 90],
      [1, 2, 20],
      [2, 2, 300],
      [2, 1, 9],
      [3, 2, 4],
    ],
    { method: 'nystuen-dacey' },
  );
  expect(communes.map(({ pole }) => pole)).toEqual([1, 2, 2, 2]);
  expect(poles.map(({ pole, rank }) => [pole, rank])).toEqual([
    [1, 'intermediate'],
    [2, 'dominant'],
  ]);
});

test('thresholds leave communes without a pole, and take small poles away', () => {
  const flows: [number, number, number][] = [
    [0, 2, 10],
    [1, 2, 3],
    [2, 2, 40],
    [3, 3, 5],
    [3, 2, 4],
  ];
  const poles = (changes: object) => analysed(4, flows, changes).communes.map(({ pole }) => pole);
  expect(poles({})).toEqual([2, 2, 2, 3]);
  expect(poles({ minPatients: 4 })).toEqual([2, -1, 2, 3]);
  expect(poles({ minRate: 0.6 })).toEqual([2, 2, 2, -1]);
  expect(poles({ minCommunes: 2 })).toEqual([2, 2, 2, -1]);
});

test('entropy is 0 for one destination and 2 bits for four alike', () => {
  const { communes } = analysed(4, [
    [0, 1, 7],
    [1, 0, 3],
    [1, 1, 3],
    [1, 2, 3],
    [1, 3, 3],
  ]);
  expect(communes[0]?.entropy).toBe(0);
  expect(communes[1]?.entropy).toBeCloseTo(2, 12);
});

test('LI and MSI are in 0 to 1; LI of everything loaded and the leakage outside add up to 1', () => {
  fc.assert(
    fc.property(anyFlows(6), fc.integer({ min: 1, max: 6 }), (flows, loaded) => {
      const { catchments: poles } = analysed(6, flows);
      for (const { li, msi, net } of poles) {
        for (const index of [li, msi]) {
          expect(index).toBeGreaterThanOrEqual(0);
          expect(index).toBeLessThanOrEqual(1);
        }
        expect(net ?? 0).toBeGreaterThanOrEqual(0);
      }
      const m = countMasked(flowsOf(6, flows), 5);
      const everything = Int32Array.from({ length: 6 }, (_, i) => (i < loaded ? 0 : -1));
      const [whole] = catchments(m, everything, new Int32Array(6).fill(-1), []);
      const table = dense(m);
      const sum = (columns: number[][]) => columns.flat().reduce((a, b) => a + b, 0);
      const out = sum(table.slice(0, loaded));
      if (out === 0) return;
      const outside = sum(table.slice(0, loaded).map((row) => row.slice(loaded)));
      expect(whole!.li + outside / out).toBeCloseTo(1, 12);
    }),
    { numRuns: 500 },
  );
});

test('the agreement is the share of weighed specialties with the overall pole', () => {
  const specialties = [
    { flows: flowsOf(2, [[0, 1, 10]]), weight: 1 },
    { flows: flowsOf(2, [[0, 0, 4]]), weight: 1 },
    { flows: flowsOf(2, [[0, 0, 9]]), weight: 0 },
  ];
  const { all } = analysePoles(2, specialties, plain, [1, 1], [1, 1]);
  expect(all.communes[0]).toMatchObject({ pole: 1, patients: 14, agreement: 0.5 });
});
