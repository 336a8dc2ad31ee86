/**
 * Which units touch which, in compressed sparse rows: the neighbours of unit `u` are
 * `neighbours[offsets[u] … offsets[u + 1] − 1]`, ascending; `lengthsM` runs beside `neighbours`.
 * Each border stands twice, once in each direction.
 */
export interface Adjacency {
  /** number of units */
  n: number;
  /** n + 1 entries */
  offsets: Int32Array;
  neighbours: Int32Array;
  /** length of the shared border, m */
  lengthsM: Float64Array;
}

/**
 * Adjacency from border lines given in columns: line `l` runs between units `a[l]` and `b[l]` over
 * `lengthM[l]` metres. A line whose `b` (or `a`) is -1 is an outer edge and is skipped; several
 * lines between one pair add up, in whichever order the pair is named.
 *
 * @throws RangeError when the columns differ in length, a unit is outside -1 … n − 1, a line joins a
 * unit to itself, or a length is negative or not finite.
 */
export function buildAdjacency(
  n: number,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  lengthM: ArrayLike<number>,
): Adjacency {
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`expected a count of units, got n = ${n}`);
  if (a.length !== b.length || a.length !== lengthM.length) {
    throw new RangeError(
      `expected three columns of one length, got ${a.length}, ${b.length} and ${lengthM.length}`,
    );
  }
  const starts = new Int32Array(n + 1);
  for (let l = 0; l < a.length; l++) {
    const u = a[l]!;
    const v = b[l]!;
    checkLine(n, l, u, v, lengthM[l]!);
    if (u < 0 || v < 0) continue;
    starts[u + 1]!++;
    starts[v + 1]!++;
  }
  for (let u = 0; u < n; u++) starts[u + 1]! += starts[u]!;
  const next = starts.slice(0, n);
  const ends = new Int32Array(starts[n]!);
  const lengths = new Float64Array(starts[n]!);
  for (let l = 0; l < a.length; l++) {
    const u = a[l]!;
    const v = b[l]!;
    if (u < 0 || v < 0) continue;
    const atU = next[u]!++;
    const atV = next[v]!++;
    ends[atU] = v;
    ends[atV] = u;
    lengths[atU] = lengths[atV] = lengthM[l]!;
  }
  return mergeRows(n, starts, ends, lengths);
}

function checkLine(n: number, l: number, u: number, v: number, length: number): void {
  if (!isUnitOrOutside(u, n) || !isUnitOrOutside(v, n)) {
    throw new RangeError(`line ${l}: expected units from -1 to ${n - 1}, got ${u} and ${v}`);
  }
  if (u === v && u >= 0) throw new RangeError(`line ${l}: expected two units, got ${u} twice`);
  if (!(length >= 0 && length < Infinity)) {
    throw new RangeError(`line ${l}: expected a length in m, got ${length}`);
  }
}

function isUnitOrOutside(value: number, n: number): boolean {
  return Number.isInteger(value) && value >= -1 && value < n;
}

/** Sorts each row by neighbour and adds up the lines of one pair. */
function mergeRows(
  n: number,
  starts: Int32Array,
  ends: Int32Array,
  lengths: Float64Array,
): Adjacency {
  const offsets = new Int32Array(n + 1);
  const neighbours = new Int32Array(ends.length);
  const lengthsM = new Float64Array(ends.length);
  let size = 0;
  for (let u = 0; u < n; u++) {
    const row = Array.from({ length: starts[u + 1]! - starts[u]! }, (_, k) => starts[u]! + k);
    row.sort((p, q) => ends[p]! - ends[q]! || p - q);
    const first = size;
    for (const at of row) {
      if (size > first && neighbours[size - 1] === ends[at]) {
        lengthsM[size - 1]! += lengths[at]!;
      } else {
        neighbours[size] = ends[at]!;
        lengthsM[size++] = lengths[at]!;
      }
    }
    offsets[u + 1] = size;
  }
  return {
    n,
    offsets,
    neighbours: neighbours.slice(0, size),
    lengthsM: lengthsM.slice(0, size),
  };
}
