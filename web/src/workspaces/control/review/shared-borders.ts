import type { Region } from '../../../state/region.ts';

/**
 * Metres of border between a set of units and each of others: lines with a unit of the set on one side
 * and, on the other, a unit of the other that the set does not hold.
 */
export function sharedBorders(
  { adjacency }: Region,
  own: ReadonlySet<number>,
  others: readonly (readonly number[])[],
): number[] {
  return others.map((units) => {
    let metres = 0;
    for (const unit of units) {
      if (own.has(unit)) continue;
      for (let e = adjacency.offsets[unit]!; e < adjacency.offsets[unit + 1]!; e++) {
        if (own.has(adjacency.neighbours[e]!)) metres += adjacency.lengthsM[e]!;
      }
    }
    return metres;
  });
}
