import type { Adjacency } from '../graph/adjacency.ts';

/**
 * Compactness of each group: 4π area / perimeter², 1 for a disc (D. D. Polsby and R. D. Popper, « The
 * third criterion », Yale Law & Policy Review 9, 1991). The perimeter is what borders other groups,
 * no group, or the outside. NaN where a group has no perimeter.
 *
 * @param group group of each unit, -1: in none
 * @param areaKm2 area of each unit
 * @param outerM length of the edge of each unit that is on no other, m
 */
export function compactness(
  { n, offsets, neighbours, lengthsM }: Adjacency,
  group: ArrayLike<number>,
  groupCount: number,
  areaKm2: ArrayLike<number>,
  outerM: ArrayLike<number>,
): Float64Array {
  const area = new Float64Array(groupCount);
  const perimeterKm = new Float64Array(groupCount);
  for (let u = 0; u < n; u++) {
    const g = group[u]!;
    if (g < 0) continue;
    area[g]! += areaKm2[u]!;
    perimeterKm[g]! += outerM[u]! / 1000;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      if (group[neighbours[e]!] !== g) perimeterKm[g]! += lengthsM[e]! / 1000;
    }
  }
  return area.map((km2, g) => (4 * Math.PI * km2) / perimeterKm[g]! ** 2);
}
