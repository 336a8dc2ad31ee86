import type { FlowMatrix } from '../flows/matrix.ts';

/** How much care stays inside each group of units. */
export interface Localisation {
  /** patients a year living and treated in the group: F[T,T] */
  inside: Float64Array;
  /** patients a year living in the group, wherever treated: Σ_{i∈T} F[i,·] */
  out: Float64Array;
  /** localisation index (autarcie) inside / out, 0 to 1; NaN where no resident has a flow */
  li: Float64Array;
  /** share of all the flow of grouped units that stays in their group; NaN where there is none */
  share: number;
}

/**
 * Localisation index of every group, `LI = F[T,T] / Σ_{i∈T} F[i,·]`; leakage (taux de fuite) is
 * 1 − LI. `group[u]` is the group of unit `u`, -1 where it is in none: its residents count nowhere,
 * and care given there is outside every group.
 *
 * `lost[u]` are the patients of unit `u` treated outside every unit: they count as leaving.
 *
 * @throws RangeError when there is not one group a unit, or a group is outside -1 … groupCount − 1.
 */
export function localisation(
  m: FlowMatrix,
  group: Int32Array,
  groupCount: number,
  lost?: ArrayLike<number>,
): Localisation {
  if (group.length !== m.n) {
    throw new RangeError(`expected one group for each of ${m.n} units, got ${group.length}`);
  }
  const inside = new Float64Array(groupCount);
  const out = new Float64Array(groupCount);
  let allInside = 0;
  let allOut = 0;
  for (let i = 0; i < m.n; i++) {
    const g = group[i]!;
    if (g < -1 || g >= groupCount) {
      throw new RangeError(`unit ${i}: expected a group from -1 to ${groupCount - 1}, got ${g}`);
    }
    if (g < 0) continue;
    const left = lost?.[i] ?? 0;
    out[g]! += left;
    allOut += left;
    for (let e = m.offsets[i]!; e < m.offsets[i + 1]!; e++) {
      const patients = m.patients[e]!;
      out[g]! += patients;
      allOut += patients;
      if (group[m.destinations[e]!] !== g) continue;
      inside[g]! += patients;
      allInside += patients;
    }
  }
  return { inside, out, li: inside.map((kept, g) => kept / out[g]!), share: allInside / allOut };
}
