import { type FlowMatrix, inflows } from '../flows/matrix.ts';

/** The main attraction pole (pôle d'attraction principal) of every unit. */
export interface MainPoles {
  /** unit that draws most of the residents; -1 where they have no flow */
  pole: Int32Array;
  /** attraction rate (taux d'attraction), 0 to 1; 0 where there is no flow */
  rate: Float64Array;
  /** unit that draws the next most; -1 where there is no other destination */
  second: Int32Array;
}

/**
 * Plurality: the pole of `i` is the destination that the most residents of `i` go to, `i` itself
 * included. Ties go to the unit with the larger total inflow, then to the lower index (units are
 * sorted by code). A flow of 0 patients is none.
 */
export function mainPoles(m: FlowMatrix): MainPoles {
  const inflow = inflows(m);
  const pole = new Int32Array(m.n).fill(-1);
  const second = new Int32Array(m.n).fill(-1);
  const rate = new Float64Array(m.n);
  for (let i = 0; i < m.n; i++) {
    let best = -1;
    let next = -1;
    let total = 0;
    for (let e = m.offsets[i]!; e < m.offsets[i + 1]!; e++) {
      if (m.patients[e]! <= 0) continue;
      total += m.patients[e]!;
      if (best < 0 || comesBefore(m, inflow, e, best)) {
        next = best;
        best = e;
      } else if (next < 0 || comesBefore(m, inflow, e, next)) {
        next = e;
      }
    }
    if (best < 0) continue;
    pole[i] = m.destinations[best]!;
    rate[i] = m.patients[best]! / total;
    if (next >= 0) second[i] = m.destinations[next]!;
  }
  return { pole, rate, second };
}

function comesBefore(m: FlowMatrix, inflow: Float64Array, e: number, than: number): boolean {
  const p = m.destinations[e]!;
  const q = m.destinations[than]!;
  if (m.patients[e] !== m.patients[than]) return m.patients[e]! > m.patients[than]!;
  if (inflow[p] !== inflow[q]) return inflow[p]! > inflow[q]!;
  return p < q;
}
