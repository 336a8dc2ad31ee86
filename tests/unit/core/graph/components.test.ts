import fc from 'fast-check';
import { expect, test } from 'vitest';
import { components, groupPieces } from '../../../../server/core/graph/components.ts';
import { anyGraph, graph } from '../arbitraries.ts';

test('components are numbered by their lowest unit', () => {
  //  0 ── 3     1     2 ── 4
  const found = components(
    graph(5, [
      [0, 3],
      [2, 4],
    ]),
  );
  expect(found.count).toBe(3);
  expect([...found.of]).toEqual([0, 1, 2, 0, 2]);
});

test('a group counts its pieces; units of no group do not link them', () => {
  //  0 ── 1 ── 2 ── 3     groups 0, none, 0, 2
  const line = graph(4, [
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  expect([...groupPieces(line, Int32Array.of(0, -1, 0, 2))]).toEqual([2, 0, 1]);
  expect(() => groupPieces(line, Int32Array.of(0))).toThrow('one group for each of 4 units, got 1');
});

test('pieces agree with merging units pair by pair', () => {
  const drawn = anyGraph(9).chain(({ n, pairs }) =>
    fc.tuple(
      fc.constant({ n, pairs }),
      fc.array(fc.integer({ min: -1, max: 2 }), { minLength: n, maxLength: n }),
    ),
  );
  fc.assert(
    fc.property(drawn, ([{ n, pairs }, group]) => {
      const leader = Array.from({ length: n }, (_, u) => u);
      const lead = (u: number): number => (leader[u] === u ? u : lead(leader[u]!));
      for (const [u, v] of pairs) {
        if (group[u]! >= 0 && group[u] === group[v]) leader[lead(u)] = lead(v);
      }
      const groups = Math.max(0, ...group.map((g) => g + 1));
      const expected = Array.from(
        { length: groups },
        (_, g) => group.filter((of, u) => of === g && lead(u) === u).length,
      );
      expect([...groupPieces(graph(n, pairs), Int32Array.from(group))]).toEqual(expected);
    }),
  );
});
