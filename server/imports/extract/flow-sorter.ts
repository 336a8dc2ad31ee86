import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FlowCursor,
  flowTable,
  keyOf,
  originOf,
  RunFile,
  specialtyOf,
  tableChunks,
} from './flow-runs.ts';
import { type Inflow, PlaceInflows } from './place-inflows.ts';
import { RowSum } from './row-sum.ts';

/** Flows out of one commune for one specialty: the first `count` entries of each column. */
export interface FlowGroup {
  count: number;
  /** indexes of communes, each once */
  destinations: Int32Array;
  patients: Float64Array;
  masked: Float64Array;
}

/** Rows sorted in memory: 24 MB. */
const CAPACITY = 1 << 20;
/** Digits of the radix sort. */
const BITS = 11;

/**
 * Gathers the flows of an extract by commune of residence and specialty, whatever order they come in,
 * in memory that does not grow with the file. External merge sort (D. E. Knuth, « The Art of Computer
 * Programming », vol. 3, § 5.4): runs of a million rows, each sorted by radix and written to a
 * temporary file, then merged; a file of one run stays in memory. Flows of one origin, specialty and
 * destination add up in the order of the file.
 */
export class FlowSorter {
  readonly #table;
  readonly #capacity: number;
  readonly #inflows = new PlaceInflows();
  /** rows of the table that the inflows have */
  #received = 0;
  #file: RunFile | null = null;
  #size = 0;
  #last = 0;
  #sorted = true;

  /** `capacity` rows are sorted in memory at once. */
  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
    this.#table = flowTable(capacity);
  }

  /** `specialty` below 512, `origin` below 2²³: their key has 32 bits. */
  add(
    specialty: number,
    origin: number,
    destination: number,
    patients: number,
    masked: number,
  ): void {
    if (this.#size === this.#capacity) this.#spill();
    const table = this.#table;
    const at = this.#size++;
    const key = keyOf(origin, specialty);
    if (key < this.#last) this.#sorted = false;
    this.#last = key;
    table.key[at] = key;
    table.destination[at] = destination;
    table.patients[at] = patients;
    table.masked[at] = masked;
  }

  /** Every group, by origin then specialty, its cells as they came. It is the same object each time. */
  *groups(): Generator<{ origin: number; specialty: number; group: FlowGroup }> {
    const last = tableChunks(this.#table, this.#order(), this.#size);
    // A run is older than those that follow: of two rows alike, the first of the file comes first.
    const runs = [...(this.#file?.runs() ?? []), last].map((read) => new FlowCursor(read));
    const group = new RowSum();
    const queue = new RunQueue(runs);
    for (let run = queue.first; run !== null; run = queue.first) {
      const { key } = run;
      group.clear();
      while (run !== null && run.key === key) {
        do {
          const { rows, at } = run;
          group.add(rows.destination[at]!, rows.patients[at]!, rows.masked[at]!);
          run.advance();
        } while (!run.done && run.key === key);
        queue.settle();
        run = queue.first;
      }
      yield { origin: originOf(key), specialty: specialtyOf(key), group };
    }
  }

  /** What places receive of each specialty by number, of `places` communes, no fewer than were met. */
  inflows(places: number): Inflow[] {
    this.#receive();
    return this.#inflows.all(places);
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }

  #receive(): void {
    this.#inflows.add(this.#table, this.#received, this.#size);
    this.#received = this.#size;
  }

  #spill(): void {
    this.#receive();
    this.#file ??= new RunFile(join(tmpdir(), `maillage-${randomUUID()}.runs`));
    this.#file.write(tableChunks(this.#table, this.#order(), this.#size), this.#size);
    this.#size = 0;
    this.#received = 0;
    this.#last = 0;
    this.#sorted = true;
  }

  /** Stable order of the rows by key; null where they are in order. */
  #order(): Uint32Array | null {
    if (this.#sorted) return null;
    const keys = this.#table.key.subarray(0, this.#size);
    const starts = stretchStarts(keys);
    // A file that goes residence by residence is put in order by stretches, far fewer than its rows.
    return 4 * starts.length > keys.length
      ? sortKeys(keys)
      : rowsOf(sortKeys(starts.map((row) => keys[row]!)), starts, keys.length);
  }
}

/** Where each stretch of rows of one key starts. */
function stretchStarts(keys: Uint32Array): Uint32Array {
  const starts = new Uint32Array(keys.length);
  let count = 0;
  for (let row = 0; row < keys.length; row++) {
    if (row === 0 || keys[row] !== keys[row - 1]) starts[count++] = row;
  }
  return starts.slice(0, count);
}

/** Rows of the stretches in `order`, of which each ends where the next starts. */
function rowsOf(order: Uint32Array, starts: Uint32Array, rows: number): Uint32Array {
  const all = new Uint32Array(rows);
  let at = 0;
  for (const stretch of order) {
    const end = starts[stretch + 1] ?? rows;
    for (let row = starts[stretch]!; row < end; row++) all[at++] = row;
  }
  return all;
}

/** Stable order of keys, least significant digits first. */
function sortKeys(keys: Uint32Array): Uint32Array {
  let most = 0;
  for (const key of keys) most = Math.max(most, key);
  let order = sortByDigit(keys, null, 0);
  for (let shift = BITS; shift < 32 && most >>> shift > 0; shift += BITS) {
    order = sortByDigit(keys, order, shift);
  }
  return order;
}

function sortByDigit(keys: Uint32Array, order: Uint32Array | null, shift: number): Uint32Array {
  const mask = (1 << BITS) - 1;
  const starts = new Uint32Array(mask + 2);
  for (let row = 0; row < keys.length; row++) starts[((keys[row]! >>> shift) & mask) + 1]!++;
  for (let digit = 0; digit <= mask; digit++) starts[digit + 1]! += starts[digit]!;
  const sorted = new Uint32Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const row = order === null ? k : order[k]!;
    sorted[starts[(keys[row]! >>> shift) & mask]!++] = row;
  }
  return sorted;
}

interface QueuedRun {
  run: FlowCursor;
  age: number;
}

/** The run whose current key is the least, the oldest of those alike: a binary heap. */
class RunQueue {
  readonly #heap: QueuedRun[];

  constructor(runs: FlowCursor[]) {
    this.#heap = runs.map((run, age) => ({ run, age })).filter(({ run }) => !run.done);
    for (let at = this.#heap.length >> 1; at >= 0; at--) this.#sink(at);
  }

  get first(): FlowCursor | null {
    return this.#heap[0]?.run ?? null;
  }

  /** To be called when the first run has advanced. */
  settle(): void {
    const heap = this.#heap;
    if (heap[0]?.run.done) {
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) heap[0] = last;
    }
    this.#sink(0);
  }

  #sink(from: number): void {
    const heap = this.#heap;
    for (let at = from; ; ) {
      let least = at;
      for (let child = 2 * at + 1; child <= 2 * at + 2 && child < heap.length; child++) {
        if (isBefore(heap[child]!, heap[least]!)) least = child;
      }
      if (least === at) return;
      const moved = heap[at]!;
      heap[at] = heap[least]!;
      heap[least] = moved;
      at = least;
    }
  }
}

function isBefore(x: QueuedRun, y: QueuedRun): boolean {
  return x.run.key < y.run.key || (x.run.key === y.run.key && x.age < y.age);
}
