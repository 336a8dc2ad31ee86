import { sortByKey } from '../counting-sort.ts';

/**
 * Patient flows in compressed sparse rows by commune of residence: those of unit `i` are entries
 * `offsets[i] … offsets[i + 1] − 1` of `destinations` (ascending) and `patients`.
 */
export interface FlowMatrix {
  /** number of units */
  n: number;
  /** n + 1 entries */
  offsets: Int32Array;
  destinations: Int32Array;
  /** patients a year */
  patients: Float64Array;
}

/**
 * Matrix from flows given in columns; several flows of one origin and destination add up, in the
 * order given.
 *
 * @throws RangeError when the columns differ in length, a unit is outside 0 … n − 1, or a count of
 * patients is negative or not finite.
 */
export function flowMatrix(
  n: number,
  origins: ArrayLike<number>,
  destinations: ArrayLike<number>,
  patients: ArrayLike<number>,
): FlowMatrix {
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`expected a count of units, got n = ${n}`);
  const size = origins.length;
  if (destinations.length !== size || patients.length !== size) {
    throw new RangeError(
      `expected three columns of one length, got ${size}, ${destinations.length} and ${patients.length}`,
    );
  }
  for (let f = 0; f < size; f++) checkFlow(n, f, origins[f]!, destinations[f]!, patients[f]!);
  // Two stable counting sorts, by destination then by origin, leave every row ascending.
  const byDestination = sortByKey(n, destinations, null);
  const { order, starts } = sortByKey(n, origins, byDestination.order);

  const offsets = new Int32Array(n + 1);
  const columns = new Int32Array(size);
  const values = new Float64Array(size);
  let kept = 0;
  for (let i = 0; i < n; i++) {
    const first = kept;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const f = order[k]!;
      if (kept > first && columns[kept - 1] === destinations[f]) {
        values[kept - 1]! += patients[f]!;
      } else {
        columns[kept] = destinations[f]!;
        values[kept++] = patients[f]!;
      }
    }
    offsets[i + 1] = kept;
  }
  return { n, offsets, destinations: columns.slice(0, kept), patients: values.slice(0, kept) };
}

/** Patients a year treated in each unit, wherever they live. */
export function inflows(m: FlowMatrix): Float64Array {
  const total = new Float64Array(m.n);
  for (let e = 0; e < m.destinations.length; e++) total[m.destinations[e]!]! += m.patients[e]!;
  return total;
}

/** Patients a year living in each unit, wherever they are treated. */
export function outflows(m: FlowMatrix): Float64Array {
  const total = new Float64Array(m.n);
  for (let i = 0; i < m.n; i++) {
    for (let e = m.offsets[i]!; e < m.offsets[i + 1]!; e++) total[i]! += m.patients[e]!;
  }
  return total;
}

function checkFlow(n: number, f: number, origin: number, destination: number, count: number): void {
  if (!isUnit(origin, n) || !isUnit(destination, n)) {
    throw new RangeError(
      `flow ${f}: expected units from 0 to ${n - 1}, got ${origin} and ${destination}`,
    );
  }
  if (!(count >= 0 && count < Infinity)) {
    throw new RangeError(`flow ${f}: expected a count of patients, got ${count}`);
  }
}

function isUnit(value: number, n: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < n;
}
