import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFragile } from '../../../../server/core/poles/fragility.ts';
import { type CommuneRow, ranked } from '../../../../server/core/poles/outcome.ts';
import { RowRanker } from '../../../../server/imports/extract/row-ranks.ts';
import { cellsRanked, RowSum } from '../../../../server/imports/extract/row-sum.ts';

/** Communes met in an order that is not that of their codes. */
const codes = ['45234', '18033', '2A004', '37261', '01001', '97101'];
const inOrder = [...codes].sort();
const cell = fc.record({
  patients: fc.constantFrom(0, 0, 1, 2, 5, 10, 12.5),
  masked: fc.constantFrom(0, 0, 1, 2, 0.4),
  // what the others send there
  rest: fc.constantFrom(0, 1, 5, 5, 12),
  restMasked: fc.constantFrom(0, 0, 1),
});
const cells = fc.array(cell, { minLength: codes.length, maxLength: codes.length });

interface Cell {
  patients: number;
  masked: number;
  rest: number;
  restMasked: number;
}

function columns(drawn: Cell[]) {
  const kept = [...drawn.keys()].filter((at) => drawn[at]!.patients + drawn[at]!.masked > 0);
  return {
    row: {
      count: kept.length,
      destinations: Int32Array.from(kept),
      patients: Float64Array.from(kept, (at) => drawn[at]!.patients),
      masked: Float64Array.from(kept, (at) => drawn[at]!.masked),
    },
    inflow: {
      patients: Float64Array.from(drawn, ({ rest, patients }) => rest + patients),
      masked: Float64Array.from(drawn, ({ restMasked, masked }) => restMasked + masked),
    },
  };
}

test('first destinations and doubtful ones are those of the pure analysis', () => {
  fc.assert(
    fc.property(cells, fc.nat(codes.length - 1), (drawn, origin) => {
      const { row, inflow } = columns(drawn);
      const found = new RowRanker(codes).rank(origin, row, inflow);
      const { count, destinations, patients, masked } = row;
      for (const [choice, each] of [0, 5, 10].entries()) {
        // The pure analysis settles ties by index: communes are numbered by code there.
        const pure: CommuneRow = {
          self: inOrder.indexOf(codes[origin]!),
          destinations: Array.from(destinations, (to) => inOrder.indexOf(codes[to]!)),
          patients: Array.from(patients, (known, at) => known + each * masked[at]!),
          rest: Array.from(destinations, (to) => {
            const { rest, restMasked } = drawn[to]!;
            return rest + each * restMasked;
          }),
          restOfSelf: 0,
        };
        const first = ranked(pure).slice(0, 3);
        const expected = [0, 1, 2].map((k) => (first[k] ?? -1) + 1);
        expect([...found.firsts.slice(3 * choice, 3 * choice + 3)]).toEqual(expected);
        const fragile = isFragile(pure, [...patients], [...masked], 'plurality');
        const unsure = (found.shaky & (1 << choice)) > 0;
        expect(unsure).toBe(first.length > 0 ? fragile : masked.some((k) => k > 0));
        const sum = pure.patients.reduce((s, v) => s + (v > 0 ? v * Math.log(v) : 0), 0);
        expect(found.sums[2 + choice]).toBeCloseTo(sum, 9);
      }
      expect(found.firsts[9]).toBe(destinations.indexOf(origin) + 1);
      const total = (column: Float64Array) => column.slice(0, count).reduce((a, b) => a + b, 0);
      expect([...found.sums.slice(0, 2)]).toEqual([total(patients), total(masked)]);
    }),
    { numRuns: 2000 },
  );
});

test('rows of several specialties add up, and keep the cells that their ranks point to', () => {
  fc.assert(
    fc.property(fc.array(cells, { minLength: 1, maxLength: 4 }), (drawn) => {
      const sum = new RowSum();
      // Of another commune: nothing of it may stay.
      sum.addRow(columns(drawn[0]!).row);
      sum.clear();
      for (const each of drawn) sum.addRow(columns(each).row);
      const known = codes.map((_, to) => drawn.reduce((s, each) => s + each[to]!.patients, 0));
      const { count, destinations, patients, masked } = sum;
      for (let at = 0; at < count; at++) {
        expect(patients[at]).toBeCloseTo(known[destinations[at]!]!, 9);
      }
      const { inflow } = columns(drawn[0]!);
      const ranks = new RowRanker(codes).rank(0, sum, inflow);
      const kept = cellsRanked(sum, ranks);
      for (const [k, position] of ranks.firsts.entries()) {
        const own = kept.ranks.firsts[k]! - 1;
        if (position === 0) expect(own).toBe(-1);
        else {
          const { cells: few } = kept;
          const pointed = [few.destinations[own], few.patients[own], few.masked[own]];
          const from = position - 1;
          expect(pointed).toEqual([destinations[from], patients[from], masked[from]]);
        }
      }
    }),
  );
});
