import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endsOf, transposed } from '../../../../server/core/flows/ends.ts';
import { flowMatrix } from '../../../../server/core/flows/matrix.ts';

const cell = fc.tuple(fc.nat(5), fc.nat(5), fc.nat(20));
const matrix = fc.array(cell, { maxLength: 40 }).map((cells) => {
  const column = (at: 0 | 1 | 2) => cells.map((each) => each[at]);
  return flowMatrix(6, column(0), column(1), column(2));
});

test('turned twice, flows are as they were', () => {
  fc.assert(
    fc.property(matrix, (m) => {
      expect(transposed(transposed(m))).toEqual(m);
    }),
  );
});

test('the ends of a place are its row, the largest first, and add up to its patients', () => {
  fc.assert(
    fc.property(matrix, fc.nat(5), (m, i) => {
      const { patients, ends } = endsOf(m, i);
      const row = new Map<number, number>();
      for (let e = m.offsets[i]!; e < m.offsets[i + 1]!; e++) {
        if (m.patients[e]! > 0) row.set(m.destinations[e]!, m.patients[e]!);
      }
      expect(new Map(ends.map((end) => [end.at, end.patients]))).toEqual(row);
      expect(patients).toBe([...row.values()].reduce((sum, value) => sum + value, 0));
      for (const [k, end] of ends.entries()) {
        const next = ends[k + 1];
        if (next) expect(end.patients - next.patients || next.at - end.at).toBeGreaterThan(0);
        expect(end.share).toBeCloseTo(end.patients / patients, 12);
      }
    }),
  );
});
