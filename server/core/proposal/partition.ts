import { bandExcess } from './band-excess.ts';
import type { Ground } from './ground.ts';
import { neighbourRings } from './rings.ts';

/**
 * A division of the ground into territories that is changed one unit at a time. Every unit is in
 * one of `count` territories, numbered from 0.
 *
 * `tied[u × count + t]` is the worth of unit `u`'s ties with territory `t` (`u` itself left out):
 * what a move would gain is then read in two places, and only a move that is made costs a walk over
 * the unit's ties. In a search that refuses nearly all it tries, that is what makes it fast.
 */
export class Partition {
  readonly ground: Ground;
  readonly count: number;
  readonly label: Int32Array;
  /** inhabitants of each territory */
  readonly total: Float64Array;
  /** units of each territory */
  readonly size: Int32Array;
  /** poles in each territory */
  readonly poles: Int32Array;
  readonly tied: Float64Array;
  /** units of each territory, in no order, to draw from */
  readonly members: number[][];
  /** place of each unit among the members of its territory */
  readonly #at: Int32Array;
  readonly #rings: Int32Array;
  /** number of the last visit of each unit by a search */
  readonly #visit: Int32Array;
  readonly #queue: Int32Array;
  #visits = 0;

  constructor(ground: Ground, label: Int32Array, count: number) {
    const { n } = ground.adjacency;
    this.ground = ground;
    this.count = count;
    this.label = label;
    this.total = new Float64Array(count);
    this.size = new Int32Array(count);
    this.poles = new Int32Array(count);
    this.tied = new Float64Array(n * count);
    this.members = Array.from({ length: count }, () => []);
    this.#at = new Int32Array(n);
    this.#rings = neighbourRings(ground.adjacency);
    this.#visit = new Int32Array(n);
    this.#queue = new Int32Array(n);
    this.recount();
  }

  /** Counts everything anew from the labels. */
  recount(): void {
    const { population, poles, ties } = this.ground;
    const { label, count, tied } = this;
    this.total.fill(0);
    this.size.fill(0);
    this.poles.fill(0);
    tied.fill(0);
    for (let u = 0; u < label.length; u++) {
      const t = label[u]!;
      this.total[t]! += population[u]!;
      this.size[t]!++;
      this.#at[u] = this.members[t]!.push(u) - 1;
      this.poles[t]! += poles[u]!;
      for (let e = ties.offsets[u]!; e < ties.offsets[u + 1]!; e++) {
        tied[u * count + label[ties.others[e]!]!]! += ties.worth[e]!;
      }
    }
  }

  move(unit: number, to: number): void {
    const { offsets, others, worth } = this.ground.ties;
    const { tied, count } = this;
    const from = this.label[unit]!;
    const people = this.ground.population[unit]!;
    const poles = this.ground.poles[unit]!;
    this.label[unit] = to;
    this.total[from]! -= people;
    this.total[to]! += people;
    this.size[from]!--;
    this.size[to]!++;
    const left = this.members[from]!;
    const last = left.pop()!;
    if (last !== unit) {
      left[this.#at[unit]!] = last;
      this.#at[last] = this.#at[unit]!;
    }
    this.#at[unit] = this.members[to]!.push(unit) - 1;
    this.poles[from]! -= poles;
    this.poles[to]! += poles;
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      const row = others[e]! * count;
      const tie = worth[e]!;
      tied[row + from]! -= tie;
      tied[row + to]! += tie;
    }
  }

  /** What the plan would be worth more (or less) if a unit changed territory; the band left out. */
  gain(unit: number, to: number): number {
    const from = this.label[unit]!;
    const row = unit * this.count;
    const { targetWeight, poleWeight } = this.ground;
    let gain = this.tied[row + to]! - this.tied[row + from]!;
    const people = this.ground.population[unit]!;
    if (targetWeight > 0) {
      // Σ (P − target)²: moving p from P to Q changes it by 2p (Q − P + p).
      gain -= targetWeight * 2 * people * (this.total[to]! - this.total[from]! + people);
    }
    const poles = this.ground.poles[unit]!;
    if (poleWeight > 0 && poles > 0) {
      gain += poleWeight * (spare(this.poles[from]!) - spare(this.poles[from]! - poles));
      gain -= poleWeight * (spare(this.poles[to]! + poles) - spare(this.poles[to]!));
    }
    return gain;
  }

  /** By how many inhabitants two territories come nearer to the band if a unit changed territory. */
  relief(unit: number, to: number): number {
    const from = this.label[unit]!;
    const people = this.ground.population[unit]!;
    const before = this.excess(this.total[from]!) + this.excess(this.total[to]!);
    return before - this.excess(this.total[from]! - people) - this.excess(this.total[to]! + people);
  }

  /** Inhabitants between a population and the band (`bandExcess`). */
  excess(total: number): number {
    return bandExcess(this.ground, total);
  }

  /** Inhabitants between all the territories and the band: 0 when every one is in it. */
  outside(): number {
    let sum = 0;
    for (let t = 0; t < this.count; t++) sum += this.excess(this.total[t]!);
    return sum;
  }

  /** Whether a unit that must be apart from this one is in the territory. */
  clashes(unit: number, territory: number): boolean {
    const { offsets, others } = this.ground.apart;
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      if (this.label[others[e]!] === territory) return true;
    }
    return false;
  }

  /**
   * Whether the territory of a unit stays in one piece without it. Its neighbours in the territory
   * are looked at first: when they hold together among themselves, so does the rest. Else a search
   * through the territory decides.
   *
   *     a ─ b ─ c        a ─ b   c        without u: first ring holds; second undecided,
   *      ╲  │  ╱          ╲  │  ╱         c may be reached the long way round
   *         u                u
   */
  holdsWithout(unit: number): boolean {
    const { offsets, neighbours } = this.ground.adjacency;
    const territory = this.label[unit]!;
    const start = offsets[unit]!;
    const end = offsets[unit + 1]!;
    let own = 0;
    let ring = 0;
    let any = -1;
    for (let e = start; e < end; e++) {
      if (this.label[neighbours[e]!] !== territory) continue;
      if (e - start < 31) own |= 1 << (e - start);
      ring++;
      any = e;
    }
    if (ring === 0) return this.size[territory]! <= 1;
    if (ring === 1) return true;
    if (end - start <= 31) {
      let reached = 1 << (any - start);
      for (let grown = 0; grown !== reached; ) {
        grown = reached;
        for (let left = reached; left !== 0; left &= left - 1) {
          reached |= this.#rings[start + 31 - Math.clz32(left & -left)]! & own;
        }
      }
      if (reached === own) return true;
    }
    return this.#search(neighbours[any]!, unit, ring);
  }

  /** Whether all neighbours of a unit in its territory are reached from one without the unit. */
  #search(start: number, unit: number, wanted: number): boolean {
    const { offsets, neighbours } = this.ground.adjacency;
    const { label } = this;
    const territory = label[start]!;
    const wantedMark = ++this.#visits;
    const seen = ++this.#visits;
    const visit = this.#visit;
    const queue = this.#queue;
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      if (label[neighbours[e]!] === territory) visit[neighbours[e]!] = wantedMark;
    }
    let reached = 1;
    let end = 0;
    queue[end++] = start;
    visit[start] = seen;
    visit[unit] = seen;
    for (let head = 0; head < end; head++) {
      const u = queue[head]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        if (visit[v] === seen || label[v] !== territory) continue;
        if (visit[v] === wantedMark && ++reached === wanted) return true;
        visit[v] = seen;
        queue[end++] = v;
      }
    }
    return false;
  }
}

/** Poles beyond the first. */
function spare(poles: number): number {
  return poles > 1 ? poles - 1 : 0;
}
