import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupAdjacency } from '../../../../server/core/graph/colouring.ts';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import { agglomerate } from '../../../../server/core/proposal/agglomerate.ts';
import { anyFlows, anyGraph, graph, matrixOf } from '../arbitraries.ts';
import { groundOf, totals } from './grounds.ts';

test('territories are connected, under the ceiling, and none under the floor could still join', () => {
  const drawn = anyGraph(10).chain(({ n, pairs }) =>
    fc.record({
      adjacency: fc.constant(graph(n, pairs)),
      population: fc.array(fc.nat(25), { minLength: n, maxLength: n }),
      flow: anyFlows(n).map((flows) => matrixOf(n, flows)),
      wanted: fc.option(fc.integer({ min: 1, max: n })),
    }),
  );
  fc.assert(
    fc.property(drawn, ({ adjacency, population, flow, wanted }) => {
      const ground = groundOf(population, adjacency, flow, { floor: 20, ceiling: 50 });
      const label = agglomerate(ground, wanted);
      const total = totals(label, population);
      const count = total.length;
      expect([...groupPieces(adjacency, label)]).toEqual(new Array(count).fill(1));
      for (const people of total) expect(people).toBeLessThanOrEqual(50);
      if (wanted !== null) expect(count).toBeGreaterThanOrEqual(wanted);
      if (count === wanted) return;
      const touching = groupAdjacency(adjacency, label, count);
      for (let t = 0; t < count; t++) {
        if (wanted === null && total[t]! >= 20) continue;
        for (let e = touching.offsets[t]!; e < touching.offsets[t + 1]!; e++) {
          expect(total[t]! + total[touching.neighbours[e]!]!).toBeGreaterThan(50);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('the least populated joins the neighbour it exchanges most with', () => {
  //  0 ── 1 ── 2     1 is the least populated and exchanges with 2; its longer border is with 0
  const adjacency = graph(
    3,
    [
      [0, 1],
      [1, 2],
    ],
    [900, 100],
  );
  const join = (flows: [number, number, number][]) => [
    ...agglomerate(
      groundOf([20, 5, 20], adjacency, matrixOf(3, flows), { floor: 20, ceiling: 50 }),
      null,
    ),
  ];
  expect(join([[1, 2, 3]])).toEqual([0, 1, 1]);
  expect(join([])).toEqual([0, 0, 1]);
});
