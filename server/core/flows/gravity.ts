import { EARTH_RADIUS_KM } from './distance.ts';
import type { FlowMatrix } from './matrix.ts';

// A constant of this module: loaders may turn an imported one into a function call.
const RADIUS_KM = EARTH_RADIUS_KM;

export interface HuffInput {
  /** inhabitants of each unit */
  population: ArrayLike<number>;
  /** degrees */
  lon: ArrayLike<number>;
  /** degrees */
  lat: ArrayLike<number>;
  /** practitioners of the specialty in each unit */
  supply: ArrayLike<number>;
  /** exponent of supply in the attraction of a unit */
  alpha: number;
  /** decay of attraction with distance, km */
  betaKm: number;
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
 * every row sums to the population of its origin, patients a year. Distances are great-circle, by
 * the chord between points of the unit sphere. The work is done on `ln A_j − d_ij / beta`, shifted
 * by the largest of the row: nothing is 0 / 0 however far the supply is. An origin without
 * inhabitants has an empty row, and so has every origin when there is no supply.
 *
 * @throws RangeError when the columns differ in length, a population, supply or position is negative
 * or not finite, or a parameter is out of its domain.
 */
export function huffFlows(input: HuffInput): FlowMatrix {
  checkInput(input);
  const { population, supply, alpha, betaKm, onProgress } = input;
  const n = population.length;
  const points = unitVectors(input.lon, input.lat);
  const supplied = Int32Array.from(indicesWhere(supply, (count) => count > 0));
  const k = supplied.length;
  const keep = Math.min(input.destinations, k);
  const x = new Float64Array(k);
  const y = new Float64Array(k);
  const z = new Float64Array(k);
  const attraction = new Float64Array(k);
  for (let s = 0; s < k; s++) {
    const j = supplied[s]!;
    x[s] = points[3 * j]!;
    y[s] = points[3 * j + 1]!;
    z[s] = points[3 * j + 2]!;
    attraction[s] = alpha * Math.log(supply[j]!);
  }

  const offsets = new Int32Array(n + 1);
  const destinations = new Int32Array(n * keep);
  const patients = new Float64Array(n * keep);
  const top = new Int32Array(keep);
  const score = new Float64Array(keep);
  const every = Math.max(1, Math.ceil(n / 100));
  let size = 0;
  for (let i = 0; i < n; i++) {
    if (keep > 0 && population[i]! > 0) {
      const ox = points[3 * i]!;
      const oy = points[3 * i + 1]!;
      const oz = points[3 * i + 2]!;
      let held = 0;
      for (let s = 0; s < k; s++) {
        const dx = x[s]! - ox;
        const dy = y[s]! - oy;
        const dz = z[s]! - oz;
        const value = attraction[s]! - arcKm(dx * dx + dy * dy + dz * dz) / betaKm;
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
      writeRow(population[i]!, top, score, supplied, destinations, patients, size);
      size += keep;
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
  top: Int32Array,
  score: Float64Array,
  supplied: Int32Array,
  destinations: Int32Array,
  patients: Float64Array,
  size: number,
): void {
  const keep = top.length;
  let sum = 0;
  for (let r = 0; r < keep; r++) sum += Math.exp(score[r]! - score[0]!);
  for (let r = 0; r < keep; r++) {
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

/** Great-circle distance, km, from the squared chord between two points of the unit sphere. */
function arcKm(chord2: number): number {
  const chord = Math.sqrt(chord2);
  // Below 0.2 (1,275 km) three terms of 2·asin(chord / 2) are exact to 1e-8.
  if (chord < 0.2) return RADIUS_KM * chord * (1 + chord2 * (1 / 24 + (chord2 * 3) / 640));
  return 2 * RADIUS_KM * Math.asin(Math.min(1, chord / 2));
}

function unitVectors(lon: ArrayLike<number>, lat: ArrayLike<number>): Float64Array {
  const points = new Float64Array(3 * lon.length);
  const radians = Math.PI / 180;
  for (let i = 0; i < lon.length; i++) {
    const across = Math.cos(lat[i]! * radians);
    points[3 * i] = across * Math.cos(lon[i]! * radians);
    points[3 * i + 1] = across * Math.sin(lon[i]! * radians);
    points[3 * i + 2] = Math.sin(lat[i]! * radians);
  }
  return points;
}

function indicesWhere(values: ArrayLike<number>, test: (value: number) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) if (test(values[i]!)) found.push(i);
  return found;
}

function checkInput({
  population,
  lon,
  lat,
  supply,
  alpha,
  betaKm,
  destinations,
}: HuffInput): void {
  const n = population.length;
  if (lon.length !== n || lat.length !== n || supply.length !== n) {
    throw new RangeError(
      `expected four columns of one length, got ${n}, ${lon.length}, ${lat.length} and ${supply.length}`,
    );
  }
  for (let i = 0; i < n; i++) {
    if (!(population[i]! >= 0 && population[i]! < Infinity)) {
      throw new RangeError(`unit ${i}: expected a population, got ${population[i]}`);
    }
    if (!(supply[i]! >= 0 && supply[i]! < Infinity)) {
      throw new RangeError(`unit ${i}: expected a supply, got ${supply[i]}`);
    }
    if (!Number.isFinite(lon[i]!) || !(Math.abs(lat[i]!) <= 90)) {
      throw new RangeError(`unit ${i}: expected degrees, got ${lon[i]} and ${lat[i]}`);
    }
  }
  if (!Number.isFinite(alpha)) throw new RangeError(`expected a number, got alpha = ${alpha}`);
  if (!(betaKm > 0 && betaKm < Infinity)) {
    throw new RangeError(`expected a distance in km above 0, got betaKm = ${betaKm}`);
  }
  if (!Number.isInteger(destinations) || destinations < 1) {
    throw new RangeError(`expected at least one destination, got ${destinations}`);
  }
}
