import { costRows, type Distances } from './costs.ts';
import type { FlowMatrix } from './matrix.ts';
import { suppliedUnits } from './supplied.ts';

/** The observed flows of one specialty, and the supply they chose among. */
export interface Market {
  /** practitioners in each unit */
  supply: ArrayLike<number>;
  /** patients a year, both ends inside */
  flows: FlowMatrix;
}

/** The flows of a market that the model can explain, and what separates their ends. */
export interface Choices {
  flows: FlowMatrix;
  supplied: Int32Array;
  /** ln of the practitioners of each supplied unit */
  logSupply: Float64Array;
  costsFrom: ReturnType<typeof costRows>;
  /** of each flow: its destination's place in `supplied`, −1 where the model has no such choice */
  slot: Int32Array;
  /** of each flow with a slot: km or minutes */
  cost: Float64Array;
  /** of each unit: patients whose choice the model explains */
  patients: Float64Array;
  /** sum of the above */
  total: number;
  /** patients who went where the table of supply has nobody */
  withoutSupply: number;
  /** patients who went where the table of travel times has no way */
  unreachable: number;
  /** patients whose destination is the nearest, the largest of those they had (ties count) */
  atNearest: number;
  atLargest: number;
}

/** Value, slope and curvature of the log-likelihood at one point. */
export interface Evaluation {
  value: number;
  /** by alpha and by gamma */
  gradient: [number, number];
  /** observed information, the Hessian's opposite: [alpha², alpha·gamma, gamma²] */
  information: [number, number, number];
}

/** Sorts the flows of a market into choices of the model and the rest, once for all evaluations. */
export function choices(distances: Distances, { supply, flows }: Market): Choices {
  const supplied = suppliedUnits(supply);
  const logSupply = Float64Array.from(supplied, (j) => Math.log(supply[j]!));
  const costsFrom = costRows(distances, supplied);
  const slotOf = new Int32Array(flows.n).fill(-1);
  supplied.forEach((unit, s) => {
    slotOf[unit] = s;
  });
  const found: Choices = {
    flows,
    supplied,
    logSupply,
    costsFrom,
    slot: new Int32Array(flows.destinations.length).fill(-1),
    cost: new Float64Array(flows.destinations.length),
    patients: new Float64Array(flows.n),
    total: 0,
    withoutSupply: 0,
    unreachable: 0,
    atNearest: 0,
    atLargest: 0,
  };
  const costOf = new Float64Array(supplied.length);
  for (let i = 0; i < flows.n; i++) {
    if (flows.offsets[i] === flows.offsets[i + 1]) continue;
    const row = costsFrom(i);
    let nearest = Infinity;
    let largest = -Infinity;
    costOf.fill(Infinity);
    for (let r = 0; r < row.size; r++) {
      const s = row.at[r]!;
      costOf[s] = row.cost[r]!;
      nearest = Math.min(nearest, row.cost[r]!);
      largest = Math.max(largest, logSupply[s]!);
    }
    for (let e = flows.offsets[i]!; e < flows.offsets[i + 1]!; e++) {
      const patients = flows.patients[e]!;
      const s = slotOf[flows.destinations[e]!]!;
      if (s < 0) found.withoutSupply += patients;
      else if (costOf[s] === Infinity) found.unreachable += patients;
      else {
        found.slot[e] = s;
        found.cost[e] = costOf[s]!;
        found.patients[i]! += patients;
        if (costOf[s] === nearest) found.atNearest += patients;
        if (logSupply[s] === largest) found.atLargest += patients;
      }
    }
    found.total += found.patients[i]!;
  }
  return found;
}

/**
 * Multinomial log-likelihood of Huff's model, D. McFadden ("Conditional logit analysis of qualitative
 * choice behavior", 1974), over every market together:
 *
 *   L(α, γ) = Σ_ij F_ij ln p_ij,  p_ij = exp(u_ij) / Σ_k exp(u_ik),  u_ij = α ln s_j − γ d_ij
 *
 * It is concave in (α, γ), γ = 1/β. Of each origin the moments are taken about its best destination,
 * which keeps them exact when nearly everybody goes there.
 */
export function logLikelihood(
  markets: readonly Choices[],
  alpha: number,
  gamma: number,
): Evaluation {
  const sum: Evaluation = { value: 0, gradient: [0, 0], information: [0, 0, 0] };
  for (const market of markets) addMarket(sum, market, alpha, gamma);
  return sum;
}

function addMarket(
  sum: Evaluation,
  { flows, logSupply: x, costsFrom, slot, cost, patients }: Choices,
  alpha: number,
  gamma: number,
): void {
  for (let i = 0; i < flows.n; i++) {
    const weight = patients[i]!;
    if (weight === 0) continue;
    const row = costsFrom(i);
    let best = -Infinity;
    let bestX = 0;
    let bestCost = 0;
    for (let r = 0; r < row.size; r++) {
      const utility = alpha * x[row.at[r]!]! - gamma * row.cost[r]!;
      if (utility <= best) continue;
      best = utility;
      bestX = x[row.at[r]!]!;
      bestCost = row.cost[r]!;
    }
    let z = 0;
    let mx = 0;
    let md = 0;
    let mxx = 0;
    let mxd = 0;
    let mdd = 0;
    for (let r = 0; r < row.size; r++) {
      const dx = x[row.at[r]!]! - bestX;
      const dd = bestCost - row.cost[r]!;
      const w = Math.exp(alpha * dx + gamma * dd);
      z += w;
      mx += w * dx;
      md += w * dd;
      mxx += w * dx * dx;
      mxd += w * dx * dd;
      mdd += w * dd * dd;
    }
    mx /= z;
    md /= z;
    sum.information[0] += weight * Math.max(0, mxx / z - mx * mx);
    sum.information[1] += weight * (mxd / z - mx * md);
    sum.information[2] += weight * Math.max(0, mdd / z - md * md);
    const logZ = Math.log(z);
    for (let e = flows.offsets[i]!; e < flows.offsets[i + 1]!; e++) {
      if (slot[e]! < 0) continue;
      const dx = x[slot[e]!]! - bestX;
      const dd = bestCost - cost[e]!;
      sum.value += flows.patients[e]! * (alpha * dx + gamma * dd - logZ);
      sum.gradient[0] += flows.patients[e]! * (dx - mx);
      sum.gradient[1] += flows.patients[e]! * (dd - md);
    }
  }
}
