import { groupAdjacency } from '../graph/colouring.ts';
import type { Ground } from './ground.ts';

/** Units of a part: few enough for all that a search touches to stay in the processor's cache. */
const PART_UNITS = 2500;

/**
 * Divides a plan of a large ground into parts of whole neighbouring territories that are searched by
 * themselves, at the same time if there are threads for it: what leaves a part is cut already. Units
 * are numbered anew in each part, which keeps what a search touches close together in memory.
 *
 * Parts grow from the territories on the seams of the parts before, so that a seam of one round is
 * the inside of the next.
 *
 * @param before part of each territory in the round before; null in the first
 * @returns part of each territory, from 0.
 */
export function divideInParts(
  { adjacency }: Ground,
  label: Int32Array,
  count: number,
  before: Int32Array | null,
): Int32Array {
  const { offsets, neighbours } = groupAdjacency(adjacency, label, count);
  const size = new Int32Array(count);
  for (const t of label) size[t]!++;
  const seams = new Int32Array(count);
  for (let t = 0; t < count && before; t++) {
    for (let e = offsets[t]!; e < offsets[t + 1]!; e++) {
      if (before[neighbours[e]!] !== before[t]) seams[t]!++;
    }
  }
  const starts = Array.from({ length: count }, (_, t) => t);
  starts.sort((p, q) => seams[q]! - seams[p]! || p - q);

  const part = new Int32Array(count).fill(-1);
  let parts = 0;
  for (const start of starts) {
    if (part[start]! >= 0) continue;
    const queue = [start];
    part[start] = parts;
    let units = size[start]!;
    for (let head = 0; head < queue.length; head++) {
      const t = queue[head]!;
      for (let e = offsets[t]!; e < offsets[t + 1]!; e++) {
        const other = neighbours[e]!;
        if (part[other]! >= 0 || units + size[other]! > PART_UNITS) continue;
        part[other] = parts;
        units += size[other]!;
        queue.push(other);
      }
    }
    parts++;
  }
  return part;
}
