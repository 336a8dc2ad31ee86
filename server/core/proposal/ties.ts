import { flowMatrix } from '../flows/matrix.ts';

/**
 * What every pair of units is worth together, in compressed sparse rows, once in each direction:
 * those of unit `u` are entries `offsets[u] … offsets[u + 1] − 1` of `others` (ascending) and
 * `worth`. A unit has no tie with itself.
 *
 * All that a plan is judged by and that concerns two units at a time is a tie: the flow between
 * them, the border they share, the intercommunalité they both belong to. One table then serves the
 * search, whatever the weights.
 */
export interface Ties {
  /** number of units */
  n: number;
  /** n + 1 entries */
  offsets: Int32Array;
  others: Int32Array;
  /** in shares of the whole: 1 is all the flow */
  worth: Float64Array;
}

/** Ties from columns; each pair is named once, in either order, and pairs named again add up. */
export class TieList {
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #worth: number[] = [];

  add(u: number, v: number, worth: number): void {
    if (u === v || worth === 0) return;
    this.#from.push(u, v);
    this.#to.push(v, u);
    this.#worth.push(worth, worth);
  }

  /** @throws RangeError when a unit is outside 0 … n − 1 or a worth is negative or not finite. */
  build(n: number): Ties {
    const { offsets, destinations, patients } = flowMatrix(n, this.#from, this.#to, this.#worth);
    return { n, offsets, others: destinations, worth: patients };
  }
}
