import type { Adjacency } from './adjacency.ts';

/**
 * Connected components of the whole graph: `of[u]` is the component of unit `u`. Components are
 * numbered by their lowest unit.
 */
export function components(adj: Adjacency): { count: number; of: Int32Array } {
  return pieces(adj, new Int32Array(adj.n));
}

/**
 * Number of connected pieces of each group; `group[u]` is -1 where unit `u` is in none. One entry a
 * group, up to the highest group named; 0 for a group that holds no unit.
 *
 * @throws RangeError when there is not one group a unit.
 */
export function groupPieces(adj: Adjacency, group: Int32Array): Int32Array {
  const { of, count } = pieces(adj, group);
  let groups = 0;
  for (let u = 0; u < adj.n; u++) groups = Math.max(groups, group[u]! + 1);
  const result = new Int32Array(groups);
  const seen = new Uint8Array(count);
  for (let u = 0; u < adj.n; u++) {
    const piece = of[u]!;
    if (piece < 0 || seen[piece]) continue;
    seen[piece] = 1;
    result[group[u]!]!++;
  }
  return result;
}

/**
 * Connected pieces of the groups: `of[u]` is the piece of unit `u`, -1 where it is in no group.
 * Pieces are numbered by their lowest unit.
 *
 * @throws RangeError when there is not one group a unit.
 */
export function pieces(adj: Adjacency, group: Int32Array): { count: number; of: Int32Array } {
  const { n, offsets, neighbours } = adj;
  if (group.length !== n) {
    throw new RangeError(`expected one group for each of ${n} units, got ${group.length}`);
  }
  const of = new Int32Array(n).fill(-1);
  const stack = new Int32Array(n);
  let count = 0;
  for (let start = 0; start < n; start++) {
    if (of[start]! >= 0 || group[start]! < 0) continue;
    let top = 0;
    stack[top++] = start;
    of[start] = count;
    while (top > 0) {
      const u = stack[--top]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        if (of[v]! >= 0 || group[v] !== group[start]) continue;
        of[v] = count;
        stack[top++] = v;
      }
    }
    count++;
  }
  return { count, of };
}
