import { type FlowMatrix, flowMatrix } from './matrix.ts';

/** The other end of the flows of one place. */
export interface FlowEnd {
  /** index of the place */
  at: number;
  /** patients a year */
  patients: number;
  /** of all the patients of the one place, 0 to 1 */
  share: number;
}

/** The same flows by place of care: row j holds where the patients treated in j live. */
export function transposed(m: FlowMatrix): FlowMatrix {
  const origins = new Int32Array(m.destinations.length);
  for (let i = 0; i < m.n; i++) origins.fill(i, m.offsets[i]!, m.offsets[i + 1]!);
  return flowMatrix(m.n, m.destinations, origins, m.patients);
}

/** The ends of row `i` that have patients, the largest first (ties: by index), and their sum. */
export function endsOf(m: FlowMatrix, i: number): { patients: number; ends: FlowEnd[] } {
  const ends: FlowEnd[] = [];
  let sum = 0;
  for (let e = m.offsets[i]!; e < m.offsets[i + 1]!; e++) {
    const patients = m.patients[e]!;
    if (patients <= 0) continue;
    sum += patients;
    ends.push({ at: m.destinations[e]!, patients, share: 0 });
  }
  for (const end of ends) end.share = end.patients / sum;
  ends.sort((p, q) => q.patients - p.patients || p.at - q.at);
  return { patients: sum, ends };
}
