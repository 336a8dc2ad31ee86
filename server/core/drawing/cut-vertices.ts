import type { Adjacency } from '../graph/adjacency.ts';

/**
 * How many more parts a set of units falls into when one of them is taken out, for each of them: 0 for
 * most, −1 for one that is a part by itself, 1 or more for a cut vertex (J. Hopcroft and R. Tarjan,
 * « Algorithm 447: efficient algorithms for graph manipulation », CACM 16, 1973, without recursion). 0
 * outside the set.
 *
 * Units of the set that are `anchored` hang together through a vertex that is never taken out: the
 * outside of the region, when the set is what a territory leaves.
 */
export function partsAdded(
  { n, offsets, neighbours }: Adjacency,
  set: (unit: number) => boolean,
  anchored: (unit: number) => boolean = () => false,
): Int32Array {
  const added = new Int32Array(n);
  /** order of discovery, from 1; 0: not yet. The anchor has order 0. */
  const order = new Int32Array(n);
  const low = new Int32Array(n);
  const parent = new Int32Array(n).fill(-1);
  const next = new Int32Array(n);
  const stack = new Int32Array(n);
  let found = 0;

  const visit = (root: number, underAnchor: boolean) => {
    let top = 0;
    const push = (u: number) => {
      order[u] = ++found;
      low[u] = anchored(u) ? 0 : order[u]!;
      next[u] = offsets[u]!;
      stack[top++] = u;
    };
    push(root);
    let rootChildren = 0;
    while (top > 0) {
      const u = stack[top - 1]!;
      if (next[u]! < offsets[u + 1]!) {
        const v = neighbours[next[u]!++]!;
        if (!set(v) || v === parent[u]) continue;
        if (order[v]! > 0) {
          low[u] = Math.min(low[u]!, order[v]!);
        } else {
          parent[v] = u;
          if (u === root) rootChildren++;
          push(v);
        }
        continue;
      }
      top--;
      const p = parent[u]!;
      if (p < 0) continue;
      low[p] = Math.min(low[p]!, low[u]!);
      // Nothing under u reaches above p: it is cut off without p.
      if (low[u]! >= order[p]!) added[p]!++;
    }
    // The root has no other side, unless the anchor is it: every child but one is cut off.
    if (!underAnchor) added[root] = rootChildren - 1;
  };
  for (let u = 0; u < n; u++) if (set(u) && order[u] === 0 && anchored(u)) visit(u, true);
  for (let u = 0; u < n; u++) if (set(u) && order[u] === 0) visit(u, false);
  return added;
}
