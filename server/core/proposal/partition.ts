import type { FlowMatrix } from '../flows/matrix.ts';
import type { Adjacency } from '../graph/adjacency.ts';

/** What territories are made from; the exchanges are symmetric and without self-flow. */
export interface Land {
  population: ArrayLike<number>;
  adjacency: Adjacency;
  exchange: FlowMatrix;
  floor: number;
  ceiling: number;
}

/**
 * A division of units into territories that is changed one unit at a time. Territories are numbered
 * from 0; units of territory -1 are set apart and never move.
 */
export class Partition {
  readonly land: Land;
  readonly label: Int32Array;
  /** inhabitants of each territory */
  readonly total: Float64Array;
  /** units of each territory */
  readonly size: Int32Array;
  /** number of the last visit of each unit by a search */
  readonly #visit: Int32Array;
  readonly #queue: Int32Array;
  #visits = 0;

  constructor(land: Land, label: Int32Array, count: number) {
    this.land = land;
    this.label = label;
    this.total = new Float64Array(count);
    this.size = new Int32Array(count);
    this.#visit = new Int32Array(label.length);
    this.#queue = new Int32Array(label.length);
    for (let u = 0; u < label.length; u++) {
      const t = label[u]!;
      if (t < 0) continue;
      this.total[t]! += land.population[u]!;
      this.size[t]!++;
    }
  }

  move(unit: number, to: number): void {
    const from = this.label[unit]!;
    const people = this.land.population[unit]!;
    this.label[unit] = to;
    this.total[from]! -= people;
    this.total[to]! += people;
    this.size[from]!--;
    this.size[to]!++;
  }

  /** Patients a year kept inside more (or fewer) if a unit changed territory. */
  gain(unit: number, to: number): number {
    const { offsets, destinations, patients } = this.land.exchange;
    const from = this.label[unit]!;
    let gain = 0;
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      const t = this.label[destinations[e]!]!;
      if (t === to) gain += patients[e]!;
      else if (t === from) gain -= patients[e]!;
    }
    return gain;
  }

  /** By how many inhabitants two territories come nearer to the band if a unit changed territory. */
  relief(unit: number, to: number): number {
    const from = this.label[unit]!;
    const people = this.land.population[unit]!;
    const before = this.#excess(this.total[from]!) + this.#excess(this.total[to]!);
    return (
      before - this.#excess(this.total[from]! - people) - this.#excess(this.total[to]! + people)
    );
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
    const { offsets, neighbours } = this.land.adjacency;
    const territory = this.label[unit]!;
    const first = ++this.#visits;
    let ring = 0;
    let start = -1;
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      const v = neighbours[e]!;
      if (this.label[v] !== territory) continue;
      this.#visit[v] = first;
      ring++;
      start = v;
    }
    if (ring === 0) return this.size[territory]! <= 1;
    if (ring === 1 || this.#walkRing(start, first) === ring) return true;
    const again = ++this.#visits;
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      const v = neighbours[e]!;
      if (this.label[v] === territory) this.#visit[v] = again;
    }
    return this.#search(start, unit, again, ring);
  }

  /** Units of a territory, ascending. */
  members(...territories: number[]): number[] {
    const found: number[] = [];
    for (let u = 0; u < this.label.length; u++) {
      if (territories.includes(this.label[u]!)) found.push(u);
    }
    return found;
  }

  /** Territories that touch a set of units, without those the units are in; ascending. */
  around(units: readonly number[]): number[] {
    const { offsets, neighbours } = this.land.adjacency;
    const own = new Set(units.map((u) => this.label[u]!));
    const found = new Set<number>();
    for (const u of units) {
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const t = this.label[neighbours[e]!]!;
        if (t >= 0 && !own.has(t)) found.add(t);
      }
    }
    return [...found].sort((p, q) => p - q);
  }

  /** How many units marked `ring` are reached from one of them over marked units alone. */
  #walkRing(start: number, ring: number): number {
    const { offsets, neighbours } = this.land.adjacency;
    const seen = ++this.#visits;
    let end = 0;
    this.#queue[end++] = start;
    this.#visit[start] = seen;
    for (let head = 0; head < end; head++) {
      const u = this.#queue[head]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        if (this.#visit[v] !== ring) continue;
        this.#visit[v] = seen;
        this.#queue[end++] = v;
      }
    }
    return end;
  }

  /** Whether all `wanted` units marked `ring` are reached from one inside its territory, nearest first. */
  #search(start: number, avoid: number, ring: number, wanted: number): boolean {
    const { offsets, neighbours } = this.land.adjacency;
    const territory = this.label[start]!;
    const seen = ++this.#visits;
    let reached = 1;
    let end = 0;
    this.#queue[end++] = start;
    this.#visit[start] = seen;
    for (let head = 0; head < end; head++) {
      const u = this.#queue[head]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        if (v === avoid || this.#visit[v] === seen || this.label[v] !== territory) continue;
        if (this.#visit[v] === ring && ++reached === wanted) return true;
        this.#visit[v] = seen;
        this.#queue[end++] = v;
      }
    }
    return false;
  }

  #excess(total: number): number {
    if (total < this.land.floor) return this.land.floor - total;
    return total > this.land.ceiling ? total - this.land.ceiling : 0;
  }
}
