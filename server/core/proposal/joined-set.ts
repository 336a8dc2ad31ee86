import type { Adjacency } from '../graph/adjacency.ts';
import { MinHeap } from '../min-heap.ts';

/**
 * A set of units with what it takes to connect it: from its first piece, the lightest way to the nearest
 * other piece, again and again (Dijkstra). Null where there is no way.
 *
 * @param banned units that no way may pass
 * @param weigh weight of a unit on the way
 */
export function joinedSet(
  open: Adjacency,
  set: readonly number[],
  banned: ReadonlySet<number>,
  weigh: (unit: number) => number,
  population: ArrayLike<number>,
  find: (u: number) => number,
): number[] | null {
  if (set.length === 0) return [];
  const { n, offsets, neighbours } = open;
  const held = new Set<number>([set[0]!]);
  const left = new Set(set);
  for (left.delete(set[0]!); left.size > 0; ) {
    const cameFrom = new Int32Array(n).fill(-1);
    const weight = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    // Of ways of one weight the least populated: what is locked in weighs least.
    const people = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    const heap = new MinHeap();
    for (const u of held) {
      weight[u] = 0;
      people[u] = 0;
      heap.push(u, 0);
    }
    let reached = -1;
    for (let top = heap.pop(); top !== null && reached < 0; top = heap.pop()) {
      const { item: u, key } = top;
      if (key > weight[u]!) continue;
      if (left.has(u)) {
        reached = u;
        break;
      }
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        if (banned.has(v) && !left.has(v)) continue;
        // A block made before is one place: to reach one of its units is to reach all.
        const same = find(v) === find(u);
        const way = key + (same ? 0 : weigh(v));
        const counted = people[u]! + (same ? 0 : population[v]!);
        if (way > weight[v]! || (way === weight[v]! && counted >= people[v]!)) continue;
        weight[v] = way;
        people[v] = counted;
        cameFrom[v] = u;
        heap.push(v, way);
      }
    }
    if (reached < 0) return null;
    for (let u = reached; u >= 0; u = cameFrom[u]!) {
      held.add(u);
      left.delete(u);
    }
  }
  return [...held];
}

/** Units that must be apart from one of a set: no way that joins it may pass there. */
export function keptFrom(
  set: readonly number[],
  apart: readonly (readonly [number, number])[],
): ReadonlySet<number> {
  const inside = new Set(set);
  return new Set(
    apart.flatMap(([u, v]) => [...(inside.has(u) ? [v] : []), ...(inside.has(v) ? [u] : [])]),
  );
}
