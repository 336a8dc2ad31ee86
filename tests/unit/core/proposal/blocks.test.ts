import { expect, test } from 'vitest';
import { joinBlocks } from '../../../../server/core/proposal/blocks.ts';
import type { ProposalInput } from '../../../../server/core/proposal/input.ts';
import { chessboard, matrixOf } from '../arbitraries.ts';

//  0 ─ 1 ─ 2       1 is a town
//  │   │   │
//  3 ─ 4 ─ 5
const map: ProposalInput = {
  population: [10, 70, 10, 10, 10, 10],
  adjacency: chessboard(3, 2),
  flow: matrixOf(6, []),
  floor: 30,
  ceiling: 100,
  seed: 1,
};
const joined = (wishes: Partial<ProposalInput>) => {
  const blocks = joinBlocks({ ...map, ...wishes });
  return 'reason' in blocks ? blocks : [...blocks.of];
};

test('what joins a set is the way over the fewest units, and the least populated where that is too much', () => {
  expect(joined({ locks: { together: [[0, 2]] } })).toEqual([0, 0, 0, 1, 2, 3]);
  expect(joined({ ceiling: 80, locks: { together: [[0, 2]] } })).toEqual([0, 1, 0, 0, 0, 0]);
  // Of what cannot be, the least is told: 0, 3, 4, 5 and 2.
  expect(joined({ ceiling: 45, locks: { together: [[0, 2]] } })).toEqual({
    reason: 'together_above_ceiling',
    units: [0, 2],
    people: 50,
  });
});

test('no way passes a unit that must be apart from what it joins', () => {
  const locks = { together: [[0, 2]], apart: [[1, 2] as [number, number]] };
  expect(joined({ locks })).toEqual([0, 1, 0, 0, 0, 0]);
  expect(joined({ locks: { ...locks, apart: [...locks.apart, [0, 4]] } })).toMatchObject({
    reason: 'together_unreachable',
  });
});

test('a set that one fixed territory holds is together already', () => {
  expect(joined({ locks: { fixed: [[0, 1, 2]], together: [[0, 2]] } })).toEqual([
    -1, -1, -1, 0, 1, 2,
  ]);
  expect(joined({ locks: { fixed: [[0], [2]], together: [[0, 2]] } })).toMatchObject({
    reason: 'together_and_fixed',
  });
});

test('a whole EPCI and two of its communes apart: that is the reason, not a wish to have them together', () => {
  const locks = { wholeEpci: true, apart: [[0, 3] as [number, number]] };
  expect(joined({ epci: [0, 1, 2, 0, 1, 2], locks })).toEqual({
    reason: 'whole_epci_and_apart',
    units: [0, 3],
  });
});
