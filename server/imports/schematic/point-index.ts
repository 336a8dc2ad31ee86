import type { Point } from './projection.ts';

/** Points in square bins, to ask quickly whether one is near. */
export class PointIndex {
  readonly #side: number;
  readonly #bins = new Map<string, Point[]>();

  /** `side` is the largest radius that will be asked for. */
  constructor(side: number) {
    this.#side = side;
  }

  add(point: Point): void {
    const key = this.#key(this.#bin(point[0]), this.#bin(point[1]));
    const bin = this.#bins.get(key);
    if (bin === undefined) this.#bins.set(key, [point]);
    else bin.push(point);
  }

  nearerThan([x, y]: Point, radius: number): boolean {
    for (let i = this.#bin(x) - 1; i <= this.#bin(x) + 1; i += 1) {
      for (let j = this.#bin(y) - 1; j <= this.#bin(y) + 1; j += 1) {
        const bin = this.#bins.get(this.#key(i, j)) ?? [];
        if (bin.some(([u, v]) => Math.hypot(u - x, v - y) < radius)) return true;
      }
    }
    return false;
  }

  #bin(coordinate: number): number {
    return Math.floor(coordinate / this.#side);
  }

  #key(i: number, j: number): string {
    return `${i} ${j}`;
  }
}
