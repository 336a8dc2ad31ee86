import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlowCursor, flowTable, RunFile, tableChunks } from './flow-runs.ts';

/** Flows out of one commune for one specialty: the first `count` entries of each column. */
export interface FlowGroup {
  count: number;
  /** indexes of communes, each once */
  destinations: Int32Array;
  patients: Float64Array;
  masked: Float64Array;
}

/** Above the number of specialties an extract may have. */
const SPECIALTIES = 512;
/** Rows sorted in memory: 24 MB. */
const CAPACITY = 1 << 20;
/** Rows that insertion sorts sooner. */
const FEW = 48;
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
    const key = origin * SPECIALTIES + specialty;
    if (key < this.#last) this.#sorted = false;
    this.#last = key;
    table.key[at] = key;
    table.destination[at] = destination;
    table.patients[at] = patients;
    table.masked[at] = masked;
  }

  /** Every group, by origin then specialty. The group is the same object each time. */
  *groups(): Generator<{ origin: number; specialty: number; group: FlowGroup }> {
    const last = tableChunks(this.#table, this.#order(), this.#size);
    // A run is older than those that follow: of two rows alike, the first of the file comes first.
    const runs = [...(this.#file?.runs() ?? []), last].map((read) => new FlowCursor(read));
    const group = new GrowingGroup();
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
      group.addUp();
      const specialty = key % SPECIALTIES;
      yield { origin: (key - specialty) / SPECIALTIES, specialty, group };
    }
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }

  #spill(): void {
    this.#file ??= new RunFile(join(tmpdir(), `maillage-${randomUUID()}.runs`));
    this.#file.write(tableChunks(this.#table, this.#order(), this.#size), this.#size);
    this.#size = 0;
    this.#last = 0;
    this.#sorted = true;
  }

  /** Stable order by key, least significant digits first; null where the rows are in order. */
  #order(): Uint32Array | null {
    if (this.#sorted) return null;
    const keys = this.#table.key.subarray(0, this.#size);
    const most = keys.reduce((a, b) => (a > b ? a : b), 0);
    let order: Uint32Array | null = null;
    for (let shift = 0; shift < 32 && most >>> shift > 0; shift += BITS) {
      order = sortByDigit(keys, order, shift);
    }
    return order;
  }
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

/** The run whose current key is the least, the oldest of those alike: a binary heap. */
class RunQueue {
  readonly #heap: { run: FlowCursor; age: number }[];

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
    const before = (a: number, b: number) => {
      const [x, y] = [heap[a]!, heap[b]!];
      return x.run.key < y.run.key || (x.run.key === y.run.key && x.age < y.age);
    };
    for (let at = from; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && before(child, least)) least = child;
      }
      if (least === at) return;
      const moved = heap[at]!;
      heap[at] = heap[least]!;
      heap[least] = moved;
      at = least;
    }
  }
}

class GrowingGroup implements FlowGroup {
  count = 0;
  destinations = new Int32Array(64);
  patients = new Float64Array(64);
  masked = new Float64Array(64);
  #ascending = true;

  clear(): void {
    this.count = 0;
    this.#ascending = true;
  }

  add(destination: number, patients: number, masked: number): void {
    const at = this.count;
    if (at === this.destinations.length) this.#grow();
    if (at > 0 && destination <= this.destinations[at - 1]!) this.#ascending = false;
    this.destinations[at] = destination;
    this.patients[at] = patients;
    this.masked[at] = masked;
    this.count += 1;
  }

  /** Sorts by destination; rows of one destination become one, added in the order they came. */
  addUp(): void {
    if (this.#ascending) return;
    if (this.count <= FEW) {
      this.#addUpFew();
      return;
    }
    const { count, destinations, patients, masked } = this;
    const order = Float64Array.from({ length: count }, (_, i) => destinations[i]! * count + i);
    order.sort();
    const [to, known, hidden] = [destinations, patients, masked].map((column) =>
      column.slice(0, count),
    ) as [Int32Array, Float64Array, Float64Array];
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const row = order[k]! % count;
      if (kept > 0 && destinations[kept - 1] === to[row]) {
        patients[kept - 1]! += known[row]!;
        masked[kept - 1]! += hidden[row]!;
      } else {
        destinations[kept] = to[row]!;
        patients[kept] = known[row]!;
        masked[kept] = hidden[row]!;
        kept += 1;
      }
    }
    this.count = kept;
  }

  /** The same by insertion, where the rows are few: nearly every group. */
  #addUpFew(): void {
    const { count, destinations, patients, masked } = this;
    let kept = 0;
    for (let row = 0; row < count; row++) {
      const destination = destinations[row]!;
      const [known, hidden] = [patients[row]!, masked[row]!];
      let at = kept;
      while (at > 0 && destinations[at - 1]! > destination) at -= 1;
      if (at > 0 && destinations[at - 1] === destination) {
        patients[at - 1]! += known;
        masked[at - 1]! += hidden;
        continue;
      }
      for (let k = kept; k > at; k--) {
        destinations[k] = destinations[k - 1]!;
        patients[k] = patients[k - 1]!;
        masked[k] = masked[k - 1]!;
      }
      destinations[at] = destination;
      patients[at] = known;
      masked[at] = hidden;
      kept += 1;
    }
    this.count = kept;
  }

  #grow(): void {
    const length = 2 * this.count;
    const [destinations, patients, masked] = [
      new Int32Array(length),
      new Float64Array(length),
      new Float64Array(length),
    ];
    destinations.set(this.destinations);
    patients.set(this.patients);
    masked.set(this.masked);
    Object.assign(this, { destinations, patients, masked });
  }
}
