import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFragile } from '../../../../server/core/poles/fragility.ts';
import {
  type CommuneRow,
  type PoleMethod,
  winnerOf,
} from '../../../../server/core/poles/outcome.ts';

interface Cell {
  known: number;
  masked: number;
  rest: number;
}

/** Commune 0 and up to four places; at most three masked cells, so that 10³ values are all. */
const cells = fc
  .array(
    fc.record({
      known: fc.oneof(fc.nat(3), fc.nat(14)),
      masked: fc.constantFrom(0, 0, 1),
      rest: fc.oneof(fc.nat(4), fc.nat(25)),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .filter((drawn) => drawn.reduce((sum, { masked }) => sum + masked, 0) <= 3);

function rowOf(drawn: Cell[], withSelf: boolean, restOfSelf: number, each: number): CommuneRow {
  return {
    self: 0,
    destinations: drawn.map((_, at) => (withSelf ? at : at + 1)),
    patients: drawn.map(({ known, masked }) => known + each * masked),
    rest: drawn.map(({ rest }, at) => (withSelf && at === 0 ? restOfSelf : rest)),
    restOfSelf,
  };
}

/** Every value from 1 to 10 in every masked cell, one by one. */
function enumerated(row: CommuneRow, drawn: Cell[], method: PoleMethod): boolean {
  const winner = winnerOf(row, method);
  const masked = [...drawn.keys()].filter((at) => drawn[at]!.masked > 0);
  const patients = drawn.map(({ known }) => known);
  const tryFrom = (k: number): boolean => {
    if (k === masked.length)
      return winnerOf({ ...row, patients: [...patients] }, method) !== winner;
    const at = masked[k]!;
    for (let value = 1; value <= 10; value++) {
      patients[at] = drawn[at]!.known + value;
      if (tryFrom(k + 1)) return true;
    }
    return false;
  };
  return masked.length > 0 && tryFrom(0);
}

for (const method of ['plurality', 'nystuen-dacey'] as const) {
  test(`fragile is what enumerating 1 to 10 finds (${method})`, () => {
    let fragile = 0;
    fc.assert(
      fc.property(
        cells,
        fc.boolean(),
        fc.nat(20),
        fc.constantFrom(0, 5, 10),
        (drawn, withSelf, restOfSelf, each) => {
          const row = rowOf(drawn, withSelf, restOfSelf, each);
          const found = isFragile(
            row,
            drawn.map(({ known }) => known),
            drawn.map(({ masked }) => masked),
            method,
          );
          expect(found).toBe(enumerated(row, drawn, method));
          if (found) fragile++;
        },
      ),
      { numRuns: 4000, seed: 3 },
    );
    expect(fragile).toBeGreaterThan(400);
  });
}

test('a tie-break inflow moves with the commune’s own cell', () => {
  // 1 and 2 get 5 each; place 1 has less from the others, whatever the masked cell of 1 adds.
  const drawn = [
    { known: 0, masked: 1, rest: 7 },
    { known: 5, masked: 0, rest: 8 },
  ];
  const row = rowOf(drawn, false, 0, 5);
  expect(winnerOf(row, 'plurality')).toBe(2);
  expect(isFragile(row, [0, 5], [1, 0], 'plurality')).toBe(true);
  // The known 10 cannot be passed by a masked cell, only equalled, and loses no tie.
  expect(
    isFragile(
      rowOf([drawn[0]!, { ...drawn[1]!, known: 10 }], false, 0, 5),
      [0, 10],
      [1, 0],
      'plurality',
    ),
  ).toBe(false);
});
