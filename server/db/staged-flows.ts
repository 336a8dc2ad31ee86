/** Bits of a commune's number: its code in base 36 is below 36⁵ < 2²⁶. */
export const PLACE_BITS = 26;
const PLACE_MASK = (1 << PLACE_BITS) - 1;
/** Two bytes of field count, then a bigint and two double precision with their lengths. */
const LONGEST_ROW = 2 + 12 + 12 + 12;

/**
 * Rows of `staged_flow(key, patients, masked)` in PostgreSQL's binary COPY format. The key packs
 * specialty, origin and destination into one bigint, so that the database sorts and groups millions
 * of rows by one number: specialty × 2⁵² + origin × 2²⁶ + destination.
 */
export class StagedFlows {
  #buffer = Buffer.allocUnsafe(1 << 20);
  #length = 0;
  #lastHigh = -1;
  #lastLow = -1;
  /** whether every key so far was above the one before: nothing to sort, nothing to add up */
  ascending = true;

  /** bytes to be taken */
  get size(): number {
    return this.#length;
  }

  /** `specialty` below 1024, `origin` and `destination` below 2²⁶. */
  add(
    specialty: number,
    origin: number,
    destination: number,
    patients: number,
    masked: number,
  ): void {
    if (this.#length + LONGEST_ROW > this.#buffer.length) this.#grow();
    const high = specialty * (1 << 20) + (origin >>> 6);
    const low = (((origin & 63) << PLACE_BITS) | (destination & PLACE_MASK)) >>> 0;
    if (this.ascending) {
      this.ascending = high > this.#lastHigh || (high === this.#lastHigh && low > this.#lastLow);
      this.#lastHigh = high;
      this.#lastLow = low;
    }
    const buffer = this.#buffer;
    let at = buffer.writeInt16BE(3, this.#length);
    at = buffer.writeInt32BE(8, at);
    at = buffer.writeInt32BE(high, at);
    at = buffer.writeUInt32BE(low, at);
    at = writeDouble(buffer, patients, at);
    this.#length = writeDouble(buffer, masked, at);
  }

  /** The rows added since the last time. */
  take(): Buffer {
    const block = this.#buffer.subarray(0, this.#length);
    this.#buffer = Buffer.allocUnsafe(Math.max(1 << 16, Math.ceil(this.#length * 1.2)));
    this.#length = 0;
    return block;
  }

  #grow(): void {
    const larger = Buffer.allocUnsafe(this.#buffer.length * 2);
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

/** Zero, the most frequent value of one column or the other, is left null: eight bytes less. */
function writeDouble(buffer: Buffer, value: number, at: number): number {
  if (value === 0) return buffer.writeInt32BE(-1, at);
  return buffer.writeDoubleBE(value, buffer.writeInt32BE(8, at));
}
