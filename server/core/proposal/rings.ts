import type { Adjacency } from '../graph/adjacency.ts';

/** Neighbours that fit in the bits of one integer; a unit that has more is always searched. */
const WIDEST = 31;

/**
 * Which neighbours of each unit touch each other, as bits: bit `j` of `rings[e]` is set when the
 * neighbour at entry `e` of unit `u` touches the `j`-th neighbour of `u`. All bits of a unit with
 * more neighbours than an integer has bits are 0, as if none touched: undecided.
 */
export function neighbourRings({ n, offsets, neighbours }: Adjacency): Int32Array {
  const rings = new Int32Array(neighbours.length);
  const slot = new Int32Array(n).fill(-1);
  for (let u = 0; u < n; u++) {
    const start = offsets[u]!;
    const end = offsets[u + 1]!;
    if (end - start > WIDEST) continue;
    for (let e = start; e < end; e++) slot[neighbours[e]!] = e - start;
    for (let e = start; e < end; e++) {
      const v = neighbours[e]!;
      let bits = 0;
      for (let f = offsets[v]!; f < offsets[v + 1]!; f++) {
        const at = slot[neighbours[f]!]!;
        if (at >= 0) bits |= 1 << at;
      }
      rings[e] = bits;
    }
    for (let e = start; e < end; e++) slot[neighbours[e]!] = -1;
  }
  return rings;
}
