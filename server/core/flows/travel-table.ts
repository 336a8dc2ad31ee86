import { sortByKey } from '../counting-sort.ts';

/**
 * Minutes from unit to unit in compressed sparse rows by origin: those of unit `i` are entries
 * `offsets[i] … offsets[i + 1] − 1` of `destinations` (ascending) and `minutes`. A pair that is absent
 * cannot be travelled.
 */
export interface TravelTable {
  kind: 'travel-time';
  /** number of units */
  n: number;
  /** n + 1 entries */
  offsets: Int32Array;
  destinations: Int32Array;
  minutes: Float64Array;
}

/**
 * Table from pairs given in columns. A pair given several times (communes that have merged since)
 * takes the mean of its minutes. One given in one direction only serves both; staying in one's unit
 * takes no time unless it is given.
 *
 * @throws RangeError when the columns differ in length, a unit is outside 0 … n − 1, or minutes are
 * negative or not finite.
 */
export function travelTable(
  n: number,
  origins: ArrayLike<number>,
  destinations: ArrayLike<number>,
  minutes: ArrayLike<number>,
): TravelTable {
  checkPairs(n, origins, destinations, minutes);
  const given = meanRows(n, origins, destinations, minutes);
  const back = transposed(given);
  // Two ascending rows and the unit itself, merged; what was given wins.
  const most = 2 * given.destinations.length + n;
  const offsets = new Int32Array(n + 1);
  const columns = new Int32Array(most);
  const values = new Float64Array(most);
  let size = 0;
  for (let i = 0; i < n; i++) {
    let g = given.offsets[i]!;
    let b = back.offsets[i]!;
    const lastGiven = given.offsets[i + 1]!;
    const lastBack = back.offsets[i + 1]!;
    let self = false;
    for (;;) {
      const there = g < lastGiven ? given.destinations[g]! : n;
      const here = b < lastBack ? back.destinations[b]! : n;
      const unit = Math.min(there, here, self ? n : i);
      if (unit === n) break;
      columns[size] = unit;
      values[size++] = there === unit ? given.minutes[g]! : here === unit ? back.minutes[b]! : 0;
      if (there === unit) g++;
      if (here === unit) b++;
      if (unit === i) self = true;
    }
    offsets[i + 1] = size;
  }
  return {
    kind: 'travel-time',
    n,
    offsets,
    destinations: columns.slice(0, size),
    minutes: values.slice(0, size),
  };
}

/** Rows ascending, each pair once. */
function meanRows(
  n: number,
  origins: ArrayLike<number>,
  destinations: ArrayLike<number>,
  minutes: ArrayLike<number>,
): Omit<TravelTable, 'kind'> {
  const byDestination = sortByKey(n, destinations, null);
  const { order, starts } = sortByKey(n, origins, byDestination.order);
  const offsets = new Int32Array(n + 1);
  const columns = new Int32Array(order.length);
  const values = new Float64Array(order.length);
  let kept = 0;
  for (let i = 0; i < n; i++) {
    let times = 0;
    const first = kept;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const row = order[k]!;
      if (kept > first && columns[kept - 1] === destinations[row]) {
        times++;
        values[kept - 1]! += (minutes[row]! - values[kept - 1]!) / times;
      } else {
        times = 1;
        columns[kept] = destinations[row]!;
        values[kept++] = minutes[row]!;
      }
    }
    offsets[i + 1] = kept;
  }
  return { n, offsets, destinations: columns.subarray(0, kept), minutes: values.subarray(0, kept) };
}

function transposed({ n, offsets, destinations, minutes }: Omit<TravelTable, 'kind'>) {
  const { order, starts } = sortByKey(n, destinations, null);
  const origins = new Int32Array(destinations.length);
  for (let i = 0; i < n; i++) origins.fill(i, offsets[i]!, offsets[i + 1]!);
  return {
    offsets: starts,
    destinations: order.map((entry) => origins[entry]!),
    minutes: Float64Array.from(order, (entry) => minutes[entry]!),
  };
}

function checkPairs(
  n: number,
  origins: ArrayLike<number>,
  destinations: ArrayLike<number>,
  minutes: ArrayLike<number>,
): void {
  const size = origins.length;
  if (destinations.length !== size || minutes.length !== size) {
    throw new RangeError(
      `expected three columns of one length, got ${size}, ${destinations.length} and ${minutes.length}`,
    );
  }
  for (let p = 0; p < size; p++) {
    const [origin, destination, time] = [origins[p]!, destinations[p]!, minutes[p]!];
    if (!(origin >= 0 && origin < n && destination >= 0 && destination < n)) {
      throw new RangeError(
        `pair ${p}: expected units from 0 to ${n - 1}, got ${origin} and ${destination}`,
      );
    }
    if (!(time >= 0 && time < Infinity)) {
      throw new RangeError(`pair ${p}: expected minutes, got ${time}`);
    }
  }
}
