import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import { cutByTree } from '../../../../server/core/proposal/tree-cut.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { chessboard, graph, matrixOf } from '../arbitraries.ts';

test('parts are connected, in the band, and hold every unit once', () => {
  const adjacency = chessboard(6, 5);
  const units = Array.from({ length: 30 }, (_, u) => u);
  const populations = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(
      populations,
      fc.integer({ min: 1, max: 4 }),
      fc.nat(99),
      (population, parts, seed) => {
        const exchange = matrixOf(30, []);
        const all = population.reduce((sum, p) => sum + p, 0);
        const band = { floor: 0.6 * (all / parts), ceiling: 1.5 * (all / parts) };
        const land = { population, adjacency, exchange, ...band };
        const sets = cutByTree(land, units, parts, 30, seededRandom(seed));
        expect(sets).toHaveLength(parts);
        expect(sets!.flat().sort((p, q) => p - q)).toEqual(units);
        const label = new Int32Array(30);
        sets!.forEach((set, part) => {
          for (const u of set) label[u] = part;
          const people = set.reduce((sum, u) => sum + population[u]!, 0);
          expect(people >= band.floor && people <= band.ceiling).toBe(true);
        });
        expect([...groupPieces(adjacency, label)]).toEqual(new Array(parts).fill(1));
      },
    ),
  );
});

test('cuts where the least is exchanged', () => {
  //  0 ══ 1 ── 2 ══ 3
  const adjacency = graph(4, [
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  const exchange = matrixOf(4, [
    [0, 1, 9],
    [1, 0, 9],
    [1, 2, 1],
    [2, 1, 1],
    [2, 3, 9],
    [3, 2, 9],
  ]);
  const land = { population: [5, 5, 5, 5], adjacency, exchange, floor: 5, ceiling: 15 };
  const sets = cutByTree(land, [0, 1, 2, 3], 2, 1, seededRandom(1))!;
  expect(sets.sort((p, q) => p[0]! - q[0]!)).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test('says so when no cut fits', () => {
  const adjacency = graph(2, [[0, 1]]);
  const land = { population: [9, 1], adjacency, exchange: matrixOf(2, []), floor: 4, ceiling: 8 };
  expect(cutByTree(land, [0, 1], 2, 5, seededRandom(1))).toBeNull();
  expect(cutByTree(land, [0, 1], 1, 5, seededRandom(1))).toBeNull();
});
