import { expect, test } from 'vitest';
import { holdTouches } from '../../../../server/core/proposal/around-changes.ts';
import { graph } from '../arbitraries.ts';

/**
 * Three communes a territory, in a row, the first the most populated; all touch the next:
 *
 *     0 0 0 | 1 1 1 | 2 2 2 | 3 3 3
 */
const label = Int32Array.from([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
const population = [9, 2, 3, 8, 2, 3, 9, 2, 3, 9, 2, 3];
const adjacency = graph(
  12,
  Array.from({ length: 11 }, (_, u): [number, number] => [u, u + 1]),
);
const none = { changes: [], locked: [], drawn: [], around: 'neighbours' } as const;
const touched = (touches: Partial<Parameters<typeof holdTouches>[4]>, ceiling = 100) =>
  holdTouches(label, population, adjacency, ceiling, { ...none, ...touches });
/** Without the plan as touched. */
const hold = (...touches: Parameters<typeof touched>) => {
  const { label: _, ...locks } = touched(...touches);
  return locks;
};

test('the plan as touched is what the search begins from', () => {
  const changes = [{ unit: 2, territory: 1 }];
  const after = [0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3];
  expect([...touched({ changes }).label]).toEqual(after);
  expect(label[2]).toBe(0);
});

test('a commune that was moved stays with its new seat, away from its old one; what is far is kept', () => {
  expect(hold({ changes: [{ unit: 2, territory: 1 }] })).toEqual({
    together: [[2, 3]],
    apart: [[2, 0]],
    fixed: [[9, 10, 11]],
    reopened: 3,
  });
});

test('a commune as large as the seat it joins is held to it all the same', () => {
  const held = hold({ changes: [{ unit: 0, territory: 1 }] });
  expect(held.together).toEqual([[0, 3]]);
});

test('everything may be divided anew', () => {
  const held = hold({ changes: [{ unit: 2, territory: 1 }], around: 'all' });
  expect(held).toMatchObject({ fixed: [], reopened: 4 });
});

test('a commune that was locked stays with its seat', () => {
  expect(hold({ locked: [5] })).toEqual({
    together: [[3, 5]],
    apart: [],
    fixed: [[9, 10, 11]],
    reopened: 3,
  });
});

test('a territory whose seat and touched communes exceed the ceiling is held as it now is', () => {
  const held = hold({ changes: [{ unit: 2, territory: 1 }] }, 10);
  expect(held).toMatchObject({ together: [], apart: [], reopened: 2 });
  expect(held.fixed).toEqual([
    [2, 3, 4, 5],
    [9, 10, 11],
  ]);
});

test('what was drawn is held as it is, and taken from the territories under it', () => {
  expect(hold({ drawn: [[2, 3]] })).toEqual({
    together: [],
    apart: [],
    fixed: [
      [2, 3],
      [9, 10, 11],
    ],
    reopened: 3,
  });
});

test('a commune put where it was is no change', () => {
  expect(hold({ changes: [{ unit: 2, territory: 0 }], around: 'all' })).toMatchObject({
    together: [],
    apart: [],
    fixed: [],
  });
});
