import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Adjacency } from '../../../../server/core/graph/adjacency.ts';
import { colourGroups, groupAdjacency } from '../../../../server/core/graph/colouring.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { anyGraph, chessboard, graph } from '../arbitraries.ts';

const eachAlone = (n: number) => Int32Array.from({ length: n }, (_, u) => u);

function clashes(n: number, pairs: [number, number][], hue: Int32Array): [number, number][] {
  expect(hue).toHaveLength(n);
  return pairs.filter(([u, v]) => hue[u] === hue[v]);
}

// DSATUR is exact on maps this small: the smallest it can miss has eight units.
test('neighbours differ wherever trying every colouring finds that they can, on maps of 6 units', () => {
  fc.assert(
    fc.property(anyGraph(6), fc.integer({ min: 1, max: 4 }), ({ n, pairs }, hues) => {
      const hue = colourGroups(graph(n, pairs), eachAlone(n), n, hues);
      const possible = Array.from({ length: hues ** n }, (_, code) =>
        pairs.every(
          ([u, v]) => Math.floor(code / hues ** u) % hues !== Math.floor(code / hues ** v) % hues,
        ),
      ).includes(true);
      if (possible) expect(clashes(n, pairs, hue)).toEqual([]);
      for (const h of hue) expect(h >= 0 && h < hues).toBe(true);
    }),
    { numRuns: 300 },
  );
});

/** Connected territories grown on a chessboard from random seeds, one unit at a time. */
function grown(adj: Adjacency, territories: number, seed: number): Int32Array {
  const random = seededRandom(seed);
  const group = new Int32Array(adj.n).fill(-1);
  const border: number[] = [];
  const take = (u: number, g: number) => {
    group[u] = g;
    for (let e = adj.offsets[u]!; e < adj.offsets[u + 1]!; e++) border.push(u, adj.neighbours[e]!);
  };
  for (let g = 0; g < territories; ) {
    const seat = Math.floor(random() * adj.n);
    if (group[seat]! < 0) take(seat, g++);
  }
  while (border.length > 0) {
    const k = 2 * Math.floor((random() * border.length) / 2);
    const [from, to] = border.slice(k, k + 2);
    border.splice(k, 2);
    if (group[to!]! < 0) take(to!, group[from!]!);
  }
  return group;
}

test('territories grown at random on a chessboard share no hue of six with a neighbour', () => {
  const adj = chessboard(20, 20);
  fc.assert(
    fc.property(fc.nat(100_000), (seed) => {
      const group = grown(adj, 60, seed);
      const hue = colourGroups(adj, group, 60, 6);
      const groups = groupAdjacency(adj, group, 60);
      for (let g = 0; g < 60; g++) {
        for (let e = groups.offsets[g]!; e < groups.offsets[g + 1]!; e++) {
          expect(hue[g]).not.toBe(hue[groups.neighbours[e]!]);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('a colouring that is right is kept, and a new group changes only its own', () => {
  const pairs: [number, number][] = [
    [0, 1],
    [1, 2],
    [2, 3],
    [0, 3],
  ];
  const before = Int32Array.of(4, 2, 4, 1);
  expect([...colourGroups(graph(4, pairs), eachAlone(4), 4, 5, before)]).toEqual([4, 2, 4, 1]);
  const withNew = graph(5, [...pairs, [0, 4], [1, 4]]);
  const previous = Int32Array.of(4, 2, 4, 1, -1);
  expect([...colourGroups(withNew, eachAlone(5), 5, 5, previous)]).toEqual([4, 2, 4, 1, 0]);
});

test('of two neighbours that had one hue the lower keeps it', () => {
  const pair = graph(2, [[0, 1]]);
  expect([...colourGroups(pair, eachAlone(2), 2, 3, Int32Array.of(2, 2))]).toEqual([2, 0]);
});

test('with too few hues, the shortest border is the one that shows a hue twice', () => {
  //  three units that all touch, two hues; 0 and 2 share 1 m only
  const adj = graph(
    3,
    [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
    [50, 50, 1],
  );
  const hue = colourGroups(adj, eachAlone(3), 3, 2);
  expect(hue[0]).toBe(hue[2]);
  expect(hue[0]).not.toBe(hue[1]);
});

test('says which counts do not fit', () => {
  const pair = graph(2, [[0, 1]]);
  expect(() => colourGroups(pair, eachAlone(2), 2, 0)).toThrow('at least one hue, got 0');
  expect(() => colourGroups(pair, eachAlone(2), 2, 3, Int32Array.of(1))).toThrow(
    '2 previous hues, got 1',
  );
});
