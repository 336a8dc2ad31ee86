import type { Choices } from './likelihood.ts';
import { inflows } from './matrix.ts';

/** How near the model's flows are to those observed. */
export interface Goodness {
  /**
   * coefficient of determination 1 − Σ(F − F̂)² / Σ(F − mean F)² over every origin with patients and
   * every destination it could choose; null where the observed flows are all equal
   */
  r2: number | null;
  /** origins whose residents' main pole was observed, once for each market */
  origins: number;
  /** of these, how many have the same pole in the model */
  samePole: number;
}

/**
 * Compares observed flows with F̂_ij = F_i p_ij. The observed pole of an origin is taken over all its
 * destinations, supplied or not: a pole that the model cannot have counts as one it misses. Ties go to
 * the larger total inflow, then to the lower unit.
 */
export function goodness(markets: readonly Choices[], alpha: number, gamma: number): Goodness {
  const sum = { pairs: 0, total: 0, squares: 0, residual: 0, origins: 0, samePole: 0 };
  for (const market of markets) {
    const { flows, supplied, patients, slot } = market;
    const sharesFrom = modelShares(market, alpha, gamma);
    const entering = inflows(flows);
    const expected = expectedInflows(market, sharesFrom);
    const observed = new Float64Array(supplied.length);
    for (let i = 0; i < flows.n; i++) {
      let pole = -1;
      let most = 0;
      observed.fill(0);
      for (let e = flows.offsets[i]!; e < flows.offsets[i + 1]!; e++) {
        const j = flows.destinations[e]!;
        const count = flows.patients[e]!;
        if (slot[e]! >= 0) observed[slot[e]!]! += count;
        if (count > most || (count === most && pole >= 0 && entering[j]! > entering[pole]!)) {
          most = count;
          pole = j;
        }
      }
      if (pole < 0) continue;
      const { size, at, share } = sharesFrom(i);
      let model = -1;
      let largest = 0;
      for (let r = 0; r < size; r++) {
        const s = at[r]!;
        const tie = share[r] === largest && model >= 0 && expected[s]! > expected[model]!;
        if (share[r]! > largest || tie) {
          largest = share[r]!;
          model = s;
        }
        if (patients[i] === 0) continue;
        sum.pairs++;
        sum.total += observed[s]!;
        sum.squares += observed[s]! ** 2;
        sum.residual += (observed[s]! - patients[i]! * share[r]!) ** 2;
      }
      sum.origins++;
      if (model >= 0 && supplied[model] === pole) sum.samePole++;
    }
  }
  const spread = sum.squares - (sum.total * sum.total) / Math.max(1, sum.pairs);
  return {
    r2: spread > 1e-12 * sum.squares ? 1 - sum.residual / spread : null,
    origins: sum.origins,
    samePole: sum.samePole,
  };
}

interface ShareRow {
  size: number;
  /** places in `supplied` */
  at: Int32Array;
  /** p_ij, summing to 1 */
  share: Float64Array;
}

/** The model's shares of one origin after another; one row, filled anew at each call. */
function modelShares(
  { logSupply, costsFrom, supplied }: Choices,
  alpha: number,
  gamma: number,
): (origin: number) => ShareRow {
  const share = new Float64Array(supplied.length);
  return (origin) => {
    const { size, at, cost } = costsFrom(origin);
    let best = -Infinity;
    for (let r = 0; r < size; r++) {
      share[r] = alpha * logSupply[at[r]!]! - gamma * cost[r]!;
      best = Math.max(best, share[r]!);
    }
    let z = 0;
    for (let r = 0; r < size; r++) {
      share[r] = Math.exp(share[r]! - best);
      z += share[r]!;
    }
    for (let r = 0; r < size; r++) share[r]! /= z;
    return { size, at, share };
  };
}

/** Patients the model sends to each supplied unit. */
function expectedInflows(
  { flows, supplied, patients }: Choices,
  sharesFrom: (origin: number) => ShareRow,
): Float64Array {
  const expected = new Float64Array(supplied.length);
  for (let i = 0; i < flows.n; i++) {
    if (patients[i] === 0) continue;
    const { size, at, share } = sharesFrom(i);
    for (let r = 0; r < size; r++) expected[at[r]!]! += patients[i]! * share[r]!;
  }
  return expected;
}
