import type { Random } from '../random.ts';
import type { Ground } from './ground.ts';

/** A connected set of units in two connected parts. */
export interface Cut {
  /** units of the lower part, in no order */
  side: number[];
  /** worth of the ties between the parts */
  lost: number;
}

/** Whether two parts of so many inhabitants will do. */
export type Fits = (lower: number, upper: number) => boolean;

/** Room for the cuts of one ground, used again from cut to cut. */
export class TreeCutter {
  readonly #ground: Ground;
  readonly #place: Int32Array;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#place = new Int32Array(ground.adjacency.n).fill(-1);
  }

  /**
   * The best cut of a random spanning tree of the units, by the idea of ReCom (DeFord, Duchin, Solomon,
   * "Recombination", Harvard Data Science Review 3.1, 2021): whichever edge of the tree is taken out,
   * two connected parts remain. The tree is drawn to follow the strongest ties, and of the edges
   * that fit the one that loses the least ties is taken, then the one met first.
   *
   * What each edge loses comes from one walk: a tie between two units crosses just the edges of the
   * tree path between them, so it is added at both, taken off twice where their paths to the root
   * meet, and summed from the leaves up.
   *
   * @returns null when no edge fits, or the units aren't in one piece.
   */
  cut(units: readonly number[], fits: Fits, random: Random): Cut | null {
    const place = this.#place;
    units.forEach((u, k) => {
      place[u] = k;
    });
    const found = this.#cutPlaced(units, fits, random);
    for (const u of units) place[u] = -1;
    return found;
  }

  #cutPlaced(units: readonly number[], fits: Fits, random: Random): Cut | null {
    const { population, ties } = this.#ground;
    const place = this.#place;
    const size = units.length;
    const { order, parent, joined } = this.#tree(units, random);
    if (joined < size) return null;
    const depth = new Int32Array(size);
    for (let k = 1; k < size; k++) depth[order[k]!] = depth[parent[order[k]!]!]! + 1;
    const people = Float64Array.from(units, (u) => population[u]!);
    const lost = new Float64Array(size);
    for (let at = 0; at < size; at++) {
      const u = units[at]!;
      for (let e = ties.offsets[u]!; e < ties.offsets[u + 1]!; e++) {
        const other = place[ties.others[e]!]!;
        if (other <= at) continue;
        let p = at;
        let q = other;
        while (p !== q) {
          if (depth[p]! >= depth[q]!) p = parent[p]!;
          else q = parent[q]!;
        }
        const worth = ties.worth[e]!;
        lost[at]! += worth;
        lost[other]! += worth;
        lost[p]! -= 2 * worth;
      }
    }
    for (let k = size - 1; k > 0; k--) {
      const at = order[k]!;
      people[parent[at]!]! += people[at]!;
      lost[parent[at]!]! += lost[at]!;
    }
    const whole = people[order[0]!]!;
    let best = -1;
    for (let k = 1; k < size; k++) {
      const at = order[k]!;
      if (best >= 0 && lost[at]! >= lost[best]!) continue;
      if (fits(people[at]!, whole - people[at]!)) best = at;
    }
    if (best < 0) return null;
    const below = new Uint8Array(size);
    below[best] = 1;
    for (let k = 1; k < size; k++) if (below[parent[order[k]!]!]) below[order[k]!] = 1;
    return { side: units.filter((_, at) => below[at]), lost: lost[best]! };
  }

  /** Prim's algorithm on random weights that grow with the tie along the edge. */
  #tree(units: readonly number[], random: Random) {
    const { adjacency, ties } = this.#ground;
    const { offsets, neighbours } = adjacency;
    const place = this.#place;
    const size = units.length;
    const parent = new Int32Array(size).fill(-1);
    const weight = new Float64Array(size).fill(-1);
    const order = new Int32Array(size);
    const front: number[] = [];
    let at = Math.floor(random() * size);
    let joined = 0;
    for (;;) {
      weight[at] = Infinity;
      order[joined++] = at;
      const u = units[at]!;
      let tie = ties.offsets[u]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        // Both rows ascend: one walk finds the tie of each neighbour.
        while (tie < ties.offsets[u + 1]! && ties.others[tie]! < v) tie++;
        const other = place[v]!;
        if (other < 0 || weight[other] === Infinity) continue;
        const tied = tie < ties.offsets[u + 1]! && ties.others[tie] === v ? ties.worth[tie]! : 0;
        const drawn = random() * (tied + Number.MIN_VALUE);
        if (drawn <= weight[other]!) continue;
        if (weight[other]! < 0) front.push(other);
        weight[other] = drawn;
        parent[other] = at;
      }
      let next = -1;
      for (let k = 0; k < front.length; k++) {
        if (next < 0 || weight[front[k]!]! > weight[front[next]!]!) next = k;
      }
      if (next < 0) return { order, parent, joined };
      at = front[next]!;
      front[next] = front.at(-1)!;
      front.pop();
    }
  }
}
