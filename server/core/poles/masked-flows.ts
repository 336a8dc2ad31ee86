import { type FlowMatrix, flowMatrix } from '../flows/matrix.ts';

/** Flows of one specialty with their masked cells, which hold 1 to 10 patients each. */
export interface MaskedFlows extends FlowMatrix {
  /** masked cells behind each entry; fractional after a commune was split */
  masked: Float64Array;
}

/**
 * Flows from columns; those of one origin and destination add up, and so do their masked cells.
 *
 * @throws RangeError as `flowMatrix`, for patients and masked cells alike
 */
export function maskedFlows(
  n: number,
  origins: ArrayLike<number>,
  destinations: ArrayLike<number>,
  patients: ArrayLike<number>,
  masked: ArrayLike<number>,
): MaskedFlows {
  const known = flowMatrix(n, origins, destinations, patients);
  return { ...known, masked: flowMatrix(n, origins, destinations, masked).patients };
}

/** Σ_s w_s F[s], patients and masked cells; a weight of 0 leaves its specialty out. */
export function weightedSum(
  n: number,
  specialties: readonly { flows: MaskedFlows; weight: number }[],
): MaskedFlows {
  const origins: number[] = [];
  const destinations: number[] = [];
  const patients: number[] = [];
  const masked: number[] = [];
  for (const { flows, weight } of specialties) {
    if (weight <= 0) continue;
    for (let i = 0; i < flows.n; i++) {
      for (let e = flows.offsets[i]!; e < flows.offsets[i + 1]!; e++) {
        origins.push(i);
        destinations.push(flows.destinations[e]!);
        patients.push(weight * flows.patients[e]!);
        masked.push(weight * flows.masked[e]!);
      }
    }
  }
  return maskedFlows(n, origins, destinations, patients, masked);
}

/** The flows with each masked cell counted as `each` patients: 0, 5 or 10. */
export function countMasked(flows: MaskedFlows, each: number): FlowMatrix {
  const { n, offsets, destinations, masked } = flows;
  return {
    n,
    offsets,
    destinations,
    patients: flows.patients.map((known, e) => known + each * masked[e]!),
  };
}
