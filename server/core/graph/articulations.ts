import type { Adjacency } from './adjacency.ts';

/**
 * Units without which their group would be in more pieces: the articulation points of each group, by one
 * walk in depth over the whole graph (J. Hopcroft, R. Tarjan, CACM 16(6), 1973, algorithm 447).
 *
 * @param group group of each unit; units of a negative group are in none
 * @returns 1 for each such unit
 */
export function articulations(
  { n, offsets, neighbours }: Adjacency,
  group: ArrayLike<number>,
): Uint8Array {
  const found = new Uint8Array(n);
  /** when each unit was met, from 1, and the earliest met that it reaches from below */
  const met = new Int32Array(n);
  const low = new Int32Array(n);
  const parent = new Int32Array(n).fill(-1);
  const next = new Int32Array(n);
  const stack = new Int32Array(n);
  let time = 0;
  for (let root = 0; root < n; root++) {
    if (met[root]! > 0 || group[root]! < 0) continue;
    let top = 0;
    let branches = 0;
    stack[top++] = root;
    met[root] = low[root] = ++time;
    next[root] = offsets[root]!;
    while (top > 0) {
      const u = stack[top - 1]!;
      if (next[u]! < offsets[u + 1]!) {
        const v = neighbours[next[u]!++]!;
        if (group[v] !== group[u] || v === parent[u]) continue;
        if (met[v]! > 0) {
          low[u] = Math.min(low[u]!, met[v]!);
          continue;
        }
        parent[v] = u;
        met[v] = low[v] = ++time;
        next[v] = offsets[v]!;
        stack[top++] = v;
        continue;
      }
      top--;
      const above = parent[u]!;
      if (above < 0) continue;
      low[above] = Math.min(low[above]!, low[u]!);
      if (above === root) branches++;
      else if (low[u]! >= met[above]!) found[above] = 1;
    }
    if (branches > 1) found[root] = 1;
  }
  return found;
}
