import type { Adjacency } from '../graph/adjacency.ts';

/** Units of each territory (or territories of each part), ascending. */
export function membersOf(label: Int32Array, count: number): number[][] {
  const members: number[][] = Array.from({ length: count }, () => []);
  for (let u = 0; u < label.length; u++) members[label[u]!]!.push(u);
  return members;
}

/** Some territories with those around, ring by ring, nearest first, `most` in all; ascending. */
export function territoriesAround(
  { offsets, neighbours }: Adjacency,
  label: Int32Array,
  members: readonly (readonly number[])[],
  start: readonly number[],
  rings: number,
  most: number,
): number[] {
  const found = [...start];
  const seen = new Set(start);
  for (let ring = 0, head = 0; ring < rings && head < found.length; ring++) {
    const end = found.length;
    for (; head < end; head++) {
      for (const u of members[found[head]!]!) {
        for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
          const t = label[neighbours[e]!]!;
          if (seen.has(t) || found.length >= most) continue;
          seen.add(t);
          found.push(t);
        }
      }
    }
  }
  return found.sort((p, q) => p - q);
}
