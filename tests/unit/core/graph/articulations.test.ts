import fc from 'fast-check';
import { expect, test } from 'vitest';
import { articulations } from '../../../../server/core/graph/articulations.ts';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import { anyGraph, graph } from '../arbitraries.ts';

test('the units without which their group is in more pieces, as counting the pieces finds', () => {
  const drawn = anyGraph(14).chain(({ n, pairs }) =>
    fc.record({
      adjacency: fc.constant(graph(n, pairs)),
      group: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: n, maxLength: n }),
    }),
  );
  let some = 0;
  fc.assert(
    fc.property(drawn, ({ adjacency, group }) => {
      const found = articulations(adjacency, group);
      const pieces = (of: number[]) => {
        let sum = 0;
        for (const count of groupPieces(adjacency, Int32Array.from(of))) sum += count;
        return sum;
      };
      for (let u = 0; u < group.length; u++) {
        const without = group.map((name, v) => (v === u ? -1 : name));
        const cuts = group[u]! >= 0 && pieces(without) > pieces(group);
        expect(found[u] === 1).toBe(cuts);
        if (cuts) some++;
      }
    }),
    { numRuns: 300 },
  );
  expect(some).toBeGreaterThan(50);
});
