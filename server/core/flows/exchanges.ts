import { type FlowMatrix, flowMatrix } from './matrix.ts';

/**
 * What every pair of units exchanges, patients a year: `F[i][j] + F[j][i]`, once in each direction.
 * What a unit keeps for itself is left out.
 */
export function exchanges(m: FlowMatrix): FlowMatrix {
  const size = m.destinations.length;
  const from = new Int32Array(2 * size);
  const to = new Int32Array(2 * size);
  const patients = new Float64Array(2 * size);
  let kept = 0;
  for (let i = 0; i < m.n; i++) {
    for (let e = m.offsets[i]!; e < m.offsets[i + 1]!; e++) {
      const j = m.destinations[e]!;
      if (j === i) continue;
      from[kept] = to[kept + 1] = i;
      to[kept] = from[kept + 1] = j;
      patients[kept] = patients[kept + 1] = m.patients[e]!;
      kept += 2;
    }
  }
  return flowMatrix(m.n, from.subarray(0, kept), to.subarray(0, kept), patients.subarray(0, kept));
}
