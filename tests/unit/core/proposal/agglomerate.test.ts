import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exchanges } from '../../../../server/core/flows/exchanges.ts';
import { groupAdjacency } from '../../../../server/core/graph/colouring.ts';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import { agglomerate } from '../../../../server/core/proposal/agglomerate.ts';
import { anyFlows, anyGraph, graph, matrixOf } from '../arbitraries.ts';

test('territories are connected, under the ceiling, and none under the floor could still join', () => {
  const drawn = anyGraph(10).chain(({ n, pairs }) =>
    fc.record({
      adjacency: fc.constant(graph(n, pairs)),
      population: fc.array(fc.nat(25), { minLength: n, maxLength: n }),
      flow: anyFlows(n).map((flows) => matrixOf(n, flows)),
      settled: fc.array(fc.boolean(), { minLength: n, maxLength: n }),
    }),
  );
  fc.assert(
    fc.property(drawn, ({ adjacency, population, flow, settled }) => {
      const { n } = adjacency;
      const apart = Int32Array.from(settled, (is, u) => (is && u % 3 === 0 ? u : -1));
      const label = agglomerate(population, adjacency, exchanges(flow), 20, 50, apart);
      for (const pieces of groupPieces(adjacency, label)) expect(pieces).toBeLessThanOrEqual(1);
      const total = new Array<number>(n).fill(0);
      for (let u = 0; u < n; u++) total[label[u]!]! += population[u]!;
      for (const people of total) expect(people).toBeLessThanOrEqual(50);
      const touching = groupAdjacency(adjacency, label, n);
      for (let t = 0; t < n; t++) {
        if (apart[t]! >= 0) {
          expect([...label].filter((of) => of === t)).toHaveLength(1);
          continue;
        }
        if (label[t] !== t || total[t]! >= 20) continue;
        for (let e = touching.offsets[t]!; e < touching.offsets[t + 1]!; e++) {
          const other = touching.neighbours[e]!;
          if (apart[other]! < 0) expect(total[t]! + total[other]!).toBeGreaterThan(50);
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
  const none = new Int32Array(3).fill(-1);
  const join = (flows: [number, number, number][]) => [
    ...agglomerate([20, 5, 20], adjacency, exchanges(matrixOf(3, flows)), 20, 50, none),
  ];
  expect(join([[1, 2, 3]])).toEqual([0, 2, 2]);
  expect(join([])).toEqual([0, 0, 2]);
});
