import fc from 'fast-check';
import { expect, test } from 'vitest';
import { territoryLies } from '../../../../server/core/coverage/shapes.ts';
import { complementParts, memberParts } from '../../../../server/core/drawing/holes.ts';
import { components } from '../../../../server/core/graph/components.ts';
import { groundWithSets } from './grounds.ts';

test('pieces and holes are those found by flooding the whole region', () => {
  let holesSeen = 0;
  fc.assert(
    fc.property(groundWithSets, ({ adjacency, atEdge: given, sets }) => {
      // Every connected part of the region has an edge: blocked walls may have cut parts off.
      const { count, of } = components(adjacency);
      const atEdge = given.slice();
      for (let part = 0; part < count; part++) {
        if (!given.some((edge, u) => edge === 1 && of[u] === part)) atEdge[of.indexOf(part)] = 1;
      }
      const lies = territoryLies(adjacency, atEdge);
      for (const units of sets) {
        const has = new Uint8Array(adjacency.n);
        for (const unit of units) has[unit] = 1;
        const expected = complementParts(adjacency, has, atEdge)
          .units.slice(1)
          .map((hole) => hole.sort((p, q) => p - q))
          // A part of the region that the territory does not touch is not enclosed by it.
          .filter((hole) => hole.some((u) => besides(adjacency, u, has)));
        holesSeen += expected.length;
        expect(lies(units)).toEqual({
          pieces: memberParts(adjacency, has).units.length,
          holes: expected.sort((p, q) => p[0]! - q[0]!),
        });
      }
    }),
    { numRuns: 600, seed: 3 },
  );
  expect(holesSeen).toBeGreaterThan(100);
});

function besides(
  { offsets, neighbours }: { offsets: Int32Array; neighbours: Int32Array },
  unit: number,
  has: Uint8Array,
): boolean {
  for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
    if (has[neighbours[e]!] === 1) return true;
  }
  return false;
}
