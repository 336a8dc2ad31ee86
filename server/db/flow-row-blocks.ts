import type { FlowGroup } from '../imports/extract/flow-sorter.ts';
import type { RowRanks } from '../imports/extract/row-ranks.ts';

const INT4 = 23;
const FLOAT8 = 701;
/** dimensions, flags, type of the elements, length, lower bound */
const ARRAY_HEADER = 20;
const BLOCK = 1 << 20;

/** What the numbers of a reader stand for in the database. */
export interface FlowRowNames {
  dataset: number;
  /** keys, by number of specialty */
  specialties: readonly string[];
  /** `flow_place.id`, by index of commune */
  places: Int32Array;
}

/**
 * Rows of `flow_row`, or of `flow_over_all`, in PostgreSQL's binary COPY format, in blocks of about
 * a megabyte. Blocks that were written and given back, `spare`, are used again: hundreds of new ones
 * would keep the garbage collector of two threads at work.
 */
export class FlowRowBlocks {
  readonly #names: FlowRowNames;
  readonly #keys: Buffer[];
  readonly #spare: Uint8Array<ArrayBuffer>[];
  #bytes = new Uint8Array(BLOCK);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor(names: FlowRowNames, spare: Uint8Array<ArrayBuffer>[] = []) {
    this.#names = names;
    this.#spare = spare;
    this.#keys = names.specialties.map((key) => Buffer.from(key, 'utf8'));
  }

  /** Whether a block is worth taking. */
  get full(): boolean {
    return this.#length >= BLOCK * 0.9;
  }

  get empty(): boolean {
    return this.#length === 0;
  }

  /** `specialty` by number; none for a row of `flow_over_all`. */
  add(origin: number, specialty: number | null, cells: FlowGroup, ranks: RowRanks): void {
    const { dataset, places } = this.#names;
    const { count, destinations, patients, masked } = cells;
    const key = specialty === null ? null : this.#keys[specialty];
    if (key === undefined) throw new RangeError(`no specialty has the number ${specialty}`);
    const ranked = 2 * ARRAY_HEADER + 8 * ranks.firsts.length + 12 * ranks.sums.length;
    this.#reserve(72 + (key?.length ?? 0) + 3 * ARRAY_HEADER + count * (8 + 12 + 12) + ranked);
    const view = this.#view;
    let at = this.#length;
    view.setInt16(at, key === null ? 8 : 9);
    at = setInteger(view, at + 2, dataset);
    at = setInteger(view, at, places[origin]!);
    if (key !== null) {
      view.setInt32(at, key.length);
      this.#bytes.set(key, at + 4);
      at += 4 + key.length;
    }
    at = setArrayHeader(view, at, INT4, count, 8);
    for (let i = 0; i < count; i++) at = setInteger(view, at, places[destinations[i]!]!);
    at = setDoubles(view, at, patients, count);
    if (hasAny(masked, count)) at = setDoubles(view, at, masked, count);
    else {
      view.setInt32(at, -1);
      at += 4;
    }
    at = setArrayHeader(view, at, INT4, ranks.firsts.length, 8);
    for (const position of ranks.firsts) at = setInteger(view, at, position);
    at = setDoubles(view, at, ranks.sums, ranks.sums.length);
    this.#length = setInteger(view, at, ranks.shaky);
  }

  /** The rows added since the last time, in a buffer that is the caller's. */
  take(): Uint8Array<ArrayBuffer> {
    const block = this.#bytes.subarray(0, this.#length);
    this.#use(this.#spare.pop() ?? new Uint8Array(BLOCK));
    this.#length = 0;
    return block;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#view.byteLength) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#view.byteLength));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#use(larger);
  }

  #use(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

function setInteger(view: DataView, at: number, value: number): number {
  view.setInt32(at, 4);
  view.setInt32(at + 4, value);
  return at + 8;
}

function setDoubles(view: DataView, start: number, values: Float64Array, count: number): number {
  let at = setArrayHeader(view, start, FLOAT8, count, 12);
  for (let i = 0; i < count; i++) {
    view.setInt32(at, 8);
    view.setFloat64(at + 4, values[i]!);
    at += 12;
  }
  return at;
}

/** Length of the field, then one dimension, no null. */
function setArrayHeader(view: DataView, at: number, type: number, count: number, element: number) {
  view.setInt32(at, ARRAY_HEADER + count * element);
  view.setInt32(at + 4, 1);
  view.setInt32(at + 8, 0);
  view.setInt32(at + 12, type);
  view.setInt32(at + 16, count);
  view.setInt32(at + 20, 1);
  return at + 4 + ARRAY_HEADER;
}

function hasAny(values: Float64Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (values[i] !== 0) return true;
  return false;
}
