import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import { TreeCutter } from '../../../../server/core/proposal/tree-cut.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { graph, matrixOf } from '../arbitraries.ts';
import { groundOf, randomMap } from './grounds.ts';

test('both parts are connected and fit, and what is lost is what crosses', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 40 }), fc.nat(999), (n, seed) => {
      const { population, adjacency, flow } = randomMap(n, seed);
      const ground = groundOf(population, adjacency, flow);
      const all = population.reduce((sum, p) => sum + p, 0);
      const fits = (p: number, q: number) => Math.min(p, q) >= all / 8;
      const units = Array.from({ length: n }, (_, u) => u);
      const cut = new TreeCutter(ground).cut(units, fits, seededRandom(seed));
      if (!cut) return;
      const label = new Int32Array(n);
      for (const u of cut.side) label[u] = 1;
      expect([...groupPieces(adjacency, label)]).toEqual([1, 1]);
      const lower = cut.side.reduce((sum, u) => sum + population[u]!, 0);
      expect(fits(lower, all - lower)).toBe(true);
      let lost = 0;
      for (let i = 0; i < n; i++) {
        for (let e = flow.offsets[i]!; e < flow.offsets[i + 1]!; e++) {
          if (label[i] !== label[flow.destinations[e]!]) lost += flow.patients[e]!;
        }
      }
      expect(cut.lost).toBeCloseTo(lost, 6);
    }),
  );
});

test('cuts where the least is tied; says so when no cut fits or there are two pieces', () => {
  //  0 ══ 1 ── 2 ══ 3     4
  const adjacency = graph(5, [
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  const flow = matrixOf(5, [
    [0, 1, 9],
    [1, 2, 1],
    [3, 2, 9],
  ]);
  const cutter = new TreeCutter(groundOf([5, 5, 5, 5, 5], adjacency, flow));
  const cut = cutter.cut([0, 1, 2, 3], () => true, seededRandom(1));
  expect(cut?.lost).toBe(1);
  expect([
    [0, 1],
    [2, 3],
  ]).toContainEqual(cut?.side.sort((p, q) => p - q));
  expect(cutter.cut([0, 1], (p) => p > 5, seededRandom(1))).toBeNull();
  expect(cutter.cut([0, 1, 4], () => true, seededRandom(1))).toBeNull();
});
