import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { diskFull } from '../../disk-full.ts';

/** Rows that a cursor reads at once. */
const CHUNK = 1 << 14;
const ROW = 24;

/** Columns of flows: key of origin and specialty, destination, patients, masked cells. */
export interface FlowTable {
  key: Uint32Array;
  destination: Int32Array;
  patients: Float64Array;
  masked: Float64Array;
}

/** Above the number of specialties an extract may have: a power of two. */
const SPECIALTIES = 512;

/** Key of `specialty`, below 512, and `origin`, below 2²³: it has 32 bits. */
export function keyOf(origin: number, specialty: number): number {
  return origin * SPECIALTIES + specialty;
}

export function specialtyOf(key: number): number {
  return key & (SPECIALTIES - 1);
}

export function originOf(key: number): number {
  return Math.floor(key / SPECIALTIES);
}

export function flowTable(rows: number): FlowTable {
  return tableOver(new ArrayBuffer(rows * ROW), rows);
}

/** Eight-byte columns first: each starts where its type allows. */
function tableOver(buffer: ArrayBuffer, rows: number): FlowTable {
  return {
    patients: new Float64Array(buffer, 0, rows),
    masked: new Float64Array(buffer, 8 * rows, rows),
    key: new Uint32Array(buffer, 16 * rows, rows),
    destination: new Int32Array(buffer, 20 * rows, rows),
  };
}

/** Writes the next rows, at most a chunk, over `buffer`, whose columns are `into`; answers how many. */
type ReadChunk = (into: FlowTable, buffer: ArrayBuffer) => number;

/** Rows in ascending order of key, read one after the other. */
export class FlowCursor {
  readonly rows: FlowTable;
  /** of the current row */
  at = 0;
  #count = 0;
  readonly #read: ReadChunk;
  readonly #buffer = new ArrayBuffer(CHUNK * ROW);

  constructor(read: ReadChunk) {
    this.#read = read;
    this.rows = tableOver(this.#buffer, CHUNK);
    this.#fill();
  }

  get done(): boolean {
    return this.#count === 0;
  }

  /** Of the current row. */
  get key(): number {
    return this.rows.key[this.at]!;
  }

  advance(): void {
    this.at += 1;
    if (this.at >= this.#count) this.#fill();
  }

  #fill(): void {
    this.at = 0;
    this.#count = this.#read(this.rows, this.#buffer);
  }
}

/** The first `size` rows of a table, in the given order (null: as they are). */
export function tableChunks(table: FlowTable, order: Uint32Array | null, size: number): ReadChunk {
  let next = 0;
  return (into) => {
    const count = Math.min(CHUNK, size - next);
    for (let i = 0; i < count; i++, next++) {
      const row = order === null ? next : order[next]!;
      into.key[i] = table.key[row]!;
      into.destination[i] = table.destination[row]!;
      into.patients[i] = table.patients[row]!;
      into.masked[i] = table.masked[row]!;
    }
    return count;
  };
}

/**
 * Sorted runs in one file on disk, in chunks of one length whatever they hold. Writing throws the
 * DomainError `disk_full`.
 */
export class RunFile {
  readonly #file: number;
  readonly #runs: { from: number; size: number }[] = [];
  #length = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'wx+', 0o600);
    // Nameless from now on: whatever ends the program, its bytes are given back.
    rmSync(path, { force: true });
  }

  write(read: ReadChunk, size: number): void {
    this.#runs.push({ from: this.#length, size });
    const buffer = new ArrayBuffer(CHUNK * ROW);
    const chunk = tableOver(buffer, CHUNK);
    while (read(chunk, buffer) > 0) {
      this.#append(new Uint8Array(buffer));
    }
  }

  /** A disk that fills up first takes a part, then refuses. */
  #append(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(this.#file, bytes, at, bytes.length - at, this.#length + at);
      }
    } catch (error) {
      throw diskFull(error, 'les flux lus n’ont pas pu y attendre d’être rangés') ?? error;
    }
    this.#length += bytes.length;
  }

  /** Each run, in the order they were written. */
  runs(): ReadChunk[] {
    return this.#runs.map(({ from, size }) => {
      let at = from;
      let left = size;
      return (_, buffer) => {
        const count = Math.min(CHUNK, left);
        if (count === 0) return 0;
        readSync(this.#file, new Uint8Array(buffer), 0, buffer.byteLength, at);
        at += buffer.byteLength;
        left -= count;
        return count;
      };
    });
  }

  close(): void {
    closeSync(this.#file);
  }
}
