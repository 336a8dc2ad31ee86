import type { Point } from './projection.ts';

/** Points in square bins, to ask quickly how much room there is around a place. */
export class PointIndex {
  readonly #side: number;
  /** x and y of the points of a bin, one after the other */
  readonly #bins = new Map<number, number[]>();

  /** `side` is the largest room that can be told, km. */
  constructor(side: number) {
    this.#side = side;
  }

  add([x, y]: Point): void {
    const key = this.#key(this.#bin(x), this.#bin(y));
    const bin = this.#bins.get(key);
    if (bin === undefined) this.#bins.set(key, [x, y]);
    else bin.push(x, y);
  }

  /** Distance to the nearest point, km, or `side` where it is larger. */
  room([x, y]: Point): number {
    let square = this.#side ** 2;
    const column = this.#bin(x);
    const row = this.#bin(y);
    for (let i = column - 1; i <= column + 1; i += 1) {
      for (let j = row - 1; j <= row + 1; j += 1) {
        const bin = this.#bins.get(this.#key(i, j));
        if (bin === undefined) continue;
        for (let k = 0; k < bin.length; k += 2) {
          const dx = (bin[k] as number) - x;
          const dy = (bin[k + 1] as number) - y;
          square = Math.min(square, dx * dx + dy * dy);
        }
      }
    }
    return Math.sqrt(square);
  }

  #bin(coordinate: number): number {
    return Math.floor(coordinate / this.#side);
  }

  /** Bins are counted in thousands at most: the key is unique. */
  #key(i: number, j: number): number {
    return i * 1_000_003 + j;
  }
}
