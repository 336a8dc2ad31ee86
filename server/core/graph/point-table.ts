/** Grid step of interned coordinates: 1e-7 degrees, about 1 cm. */
export const STEPS_PER_DEGREE = 1e7;

/**
 * Points of outlines, each kept once: coordinates rounded to 1e-7 degrees, numbered as they first
 * come. An open-addressing hash on integer coordinates; it doubles when half full.
 */
export class PointTable {
  count = 0;
  /** longitude in steps, one a point */
  x = new Int32Array(1024);
  /** latitude in steps, one a point */
  y = new Int32Array(1024);
  #slots = new Int32Array(4096).fill(-1);

  /**
   * Number of the point at a longitude and latitude in degrees.
   *
   * @throws RangeError when they are not degrees.
   */
  number(lon: number, lat: number): number {
    if (!(Math.abs(lon) <= 200 && Math.abs(lat) <= 90)) {
      throw new RangeError(`expected a longitude and a latitude in degrees, got ${lon}, ${lat}`);
    }
    const x = Math.round(lon * STEPS_PER_DEGREE);
    const y = Math.round(lat * STEPS_PER_DEGREE);
    const mask = this.#slots.length - 1;
    let slot = hashPair(x, y) & mask;
    for (; this.#slots[slot]! >= 0; slot = (slot + 1) & mask) {
      const point = this.#slots[slot]!;
      if (this.x[point] === x && this.y[point] === y) return point;
    }
    const point = this.count++;
    if (point === this.x.length) {
      this.x = grown(this.x);
      this.y = grown(this.y);
    }
    this.x[point] = x;
    this.y[point] = y;
    this.#slots[slot] = point;
    if (this.count * 2 > this.#slots.length) this.#rehash();
    return point;
  }

  lon(point: number): number {
    return this.x[point]! / STEPS_PER_DEGREE;
  }

  lat(point: number): number {
    return this.y[point]! / STEPS_PER_DEGREE;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let point = 0; point < this.count; point++) {
      let slot = hashPair(this.x[point]!, this.y[point]!) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = point;
    }
  }
}

/** Mixes two 32-bit integers into one (finaliser of MurmurHash3, A. Appleby). */
export function hashPair(x: number, y: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The same content in twice the room. */
export function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
