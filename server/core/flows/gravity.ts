import { costRows, type Distances, unitCount } from './costs.ts';
import type { FlowMatrix } from './matrix.ts';
import { suppliedUnits } from './supplied.ts';

export interface HuffInput {
  /** inhabitants of each unit */
  population: ArrayLike<number>;
  distances: Distances;
  /** practitioners of the specialty in each unit */
  supply: ArrayLike<number>;
  /** exponent of supply in the attraction of a unit */
  alpha: number;
  /** decay of attraction with distance: km, or minutes with a table of travel times */
  beta: number;
  /** how many destinations to keep for each origin */
  destinations: number;
  /** told as origins are done */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Production-constrained gravity model of D. L. Huff ("A probabilistic analysis of shopping center
 * trade areas", Land Economics 39, 1963), with exponential decay:
 *
 *   F[i][j] = P_i · A_j · f(d_ij) / Σ_k A_k · f(d_ik),  A_j = supply_j^alpha,  f(d) = exp(−d / beta)
 *
 * Of each origin the `destinations` largest flows are kept (ties: lower index) and rescaled, so that
 * every row sums to the population of its origin, patients a year. The work is done on
 * `ln A_j − d_ij / beta`, shifted by the largest of the row: nothing is 0 / 0 however far the supply
 * is. An origin has an empty row when it has no inhabitants or reaches no supply.
 *
 * @throws RangeError when the columns differ in length, a population, supply or position is negative
 * or not finite, or a parameter is out of its domain.
 */
export function huffFlows(input: HuffInput): FlowMatrix {
  checkInput(input);
  const { population, supply, alpha, beta, onProgress } = input;
  const n = population.length;
  const supplied = suppliedUnits(supply);
  const costsFrom = costRows(input.distances, supplied);
  const keep = Math.min(input.destinations, supplied.length);
  const attraction = Float64Array.from(supplied, (j) => alpha * Math.log(supply[j]!));

  const offsets = new Int32Array(n + 1);
  const destinations = new Int32Array(n * keep);
  const patients = new Float64Array(n * keep);
  const top = new Int32Array(keep);
  const score = new Float64Array(keep);
  const every = Math.max(1, Math.ceil(n / 100));
  let size = 0;
  for (let i = 0; i < n; i++) {
    if (keep > 0 && population[i]! > 0) {
      const row = costsFrom(i);
      let held = 0;
      for (let r = 0; r < row.size; r++) {
        const s = row.at[r]!;
        const value = attraction[s]! - row.cost[r]! / beta;
        if (held === keep && value <= score[keep - 1]!) continue;
        // Insertion from the bottom; an equal score stays above, since it came with a lower index.
        let at = held < keep ? held++ : keep - 1;
        for (; at > 0 && score[at - 1]! < value; at--) {
          score[at] = score[at - 1]!;
          top[at] = top[at - 1]!;
        }
        score[at] = value;
        top[at] = s;
      }
      writeRow(population[i]!, held, top, score, supplied, destinations, patients, size);
      size += held;
    }
    offsets[i + 1] = size;
    if (onProgress && ((i + 1) % every === 0 || i + 1 === n)) onProgress(i + 1, n);
  }
  return {
    n,
    offsets,
    destinations: destinations.slice(0, size),
    patients: patients.slice(0, size),
  };
}

/** Shares the population of one origin among its best destinations, ascending by unit. */
function writeRow(
  population: number,
  held: number,
  top: Int32Array,
  score: Float64Array,
  supplied: Int32Array,
  destinations: Int32Array,
  patients: Float64Array,
  size: number,
): void {
  let sum = 0;
  for (let r = 0; r < held; r++) sum += Math.exp(score[r]! - score[0]!);
  for (let r = 0; r < held; r++) {
    const j = supplied[top[r]!]!;
    const flow = (population * Math.exp(score[r]! - score[0]!)) / sum;
    let at = size + r;
    for (; at > size && destinations[at - 1]! > j; at--) {
      destinations[at] = destinations[at - 1]!;
      patients[at] = patients[at - 1]!;
    }
    destinations[at] = j;
    patients[at] = flow;
  }
}

function checkInput({ population, distances, supply, alpha, beta, destinations }: HuffInput): void {
  const n = population.length;
  if (unitCount(distances) !== n || supply.length !== n) {
    throw new RangeError(
      `expected columns of one length, got ${n}, ${unitCount(distances)} and ${supply.length}`,
    );
  }
  for (let i = 0; i < n; i++) {
    if (!(population[i]! >= 0 && population[i]! < Infinity)) {
      throw new RangeError(`unit ${i}: expected a population, got ${population[i]}`);
    }
  }
  if (!Number.isFinite(alpha)) throw new RangeError(`expected a number, got alpha = ${alpha}`);
  if (!(beta > 0 && beta < Infinity)) {
    throw new RangeError(`expected a distance above 0, got beta = ${beta}`);
  }
  if (!Number.isInteger(destinations) || destinations < 1) {
    throw new RangeError(`expected at least one destination, got ${destinations}`);
  }
}
