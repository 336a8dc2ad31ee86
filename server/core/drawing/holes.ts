import type { Adjacency } from '../graph/adjacency.ts';

/** Parts of the land that hang together, by number. */
export interface Parts {
  /** part of each unit, -1: none; in `complementParts`, 0 is the outside */
  of: Int32Array;
  /** units of each part */
  units: number[][];
}

/** Connected pieces of the members, numbered by their lowest unit. */
export function memberParts({ offsets, neighbours, n }: Adjacency, has: Uint8Array): Parts {
  const of = new Int32Array(n).fill(-1);
  const units: number[][] = [];
  for (let start = 0; start < n; start++) {
    if (has[start] === 0 || of[start]! >= 0) continue;
    const part = [start];
    of[start] = units.length;
    for (let at = 0; at < part.length; at++) {
      const u = part[at]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        if (has[v] === 0 || of[v]! >= 0) continue;
        of[v] = units.length;
        part.push(v);
      }
    }
    units.push(part);
  }
  return { of, units };
}

/**
 * What the members leave: part 0 is the outside (all that reaches the edge of the region without
 * crossing the territory), each other part is a hole. Members are in part -1.
 */
export function complementParts(
  { offsets, neighbours, n }: Adjacency,
  has: Uint8Array,
  atEdge: Uint8Array,
): Parts {
  const of = new Int32Array(n).fill(-1);
  const stack = new Int32Array(n);
  const units: number[][] = [[]];
  const spread = (start: number, part: number, list: number[] | null) => {
    let top = 0;
    stack[top++] = start;
    of[start] = part;
    while (top > 0) {
      const u = stack[--top]!;
      list?.push(u);
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        if (has[v] === 1 || of[v]! >= 0) continue;
        of[v] = part;
        stack[top++] = v;
      }
    }
  };
  // The outside is most of the region: its units are in `of` alone.
  for (let u = 0; u < n; u++) if (has[u] === 0 && of[u]! < 0 && atEdge[u] === 1) spread(u, 0, null);
  for (let u = 0; u < n; u++) {
    if (has[u] === 1 || of[u]! >= 0) continue;
    const hole: number[] = [];
    spread(u, units.length, hole);
    units.push(hole);
  }
  return { of, units };
}
