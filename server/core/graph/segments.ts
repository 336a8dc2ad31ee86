import { grown, hashPair, PointTable } from './point-table.ts';

/**
 * Segments of outlines, each kept once whichever way it is walked, with the units on its sides.
 * `b` tells what is beyond unit `a`: -1 nothing, another unit, or `a` itself when two polygons of
 * one unit touch along the segment (or a ring walks it there and back): it is then no boundary.
 */
export class SegmentTable {
  readonly points: PointTable;
  count = 0;
  /** end points, p < q, one a segment */
  p = new Int32Array(1024);
  q = new Int32Array(1024);
  /** units, one a segment */
  a = new Int32Array(1024);
  b = new Int32Array(1024);
  #slots = new Int32Array(4096).fill(-1);

  constructor(points = new PointTable()) {
    this.points = points;
  }

  /** Adds a ring of a unit; it is closed if it was not. Repeated points are dropped. */
  addRing(unit: number, ring: readonly (readonly number[])[]): void {
    if (ring.length === 0) return;
    const first = this.#point(ring[0]!);
    let from = first;
    for (let k = 1; k < ring.length; k++) {
      const to = this.#point(ring[k]!);
      this.add(unit, from, to);
      from = to;
    }
    this.add(unit, from, first);
  }

  /** Adds a segment of a unit. Units must come in ascending order for `a` < `b` to hold. */
  add(unit: number, from: number, to: number): void {
    if (from === to) return;
    const p = Math.min(from, to);
    const q = Math.max(from, to);
    const mask = this.#slots.length - 1;
    let slot = hashPair(p, q) & mask;
    for (; this.#slots[slot]! >= 0; slot = (slot + 1) & mask) {
      const s = this.#slots[slot]!;
      if (this.p[s] !== p || this.q[s] !== q) continue;
      if (this.b[s]! < 0) this.b[s] = unit;
      return;
    }
    this.#slots[slot] = this.#append(p, q, unit);
    if (this.count * 2 > this.#slots.length) this.#rehash();
  }

  #point(position: readonly number[]): number {
    return this.points.number(position[0]!, position[1]!);
  }

  #append(p: number, q: number, unit: number): number {
    if (this.count === this.p.length) {
      this.p = grown(this.p);
      this.q = grown(this.q);
      this.a = grown(this.a);
      this.b = grown(this.b);
    }
    this.p[this.count] = p;
    this.q[this.count] = q;
    this.a[this.count] = unit;
    this.b[this.count] = -1;
    return this.count++;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let s = 0; s < this.count; s++) {
      let slot = hashPair(this.p[s]!, this.q[s]!) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = s;
    }
  }
}
