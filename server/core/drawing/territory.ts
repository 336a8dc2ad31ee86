import type { DrawingFlows, DrawingGround } from './ground.ts';

/** Below it a sum of patients is what additions and subtractions of floats leave of nothing. */
const NOTHING = 1e-6;

/**
 * A territory being drawn, with its sums kept up at each change: putting a unit in or taking it out
 * costs its neighbours and its flows, not those of the whole territory.
 *
 *     population, area      Σ over members
 *     perimeter             Σ outer edges of members + Σ borders between a member and another unit
 *     sent[p]               patients living in the territory who are treated in place p
 *     inside                Σ sent over members: F[T,T]
 *     out                   Σ patients living in members: F[T,·]
 */
export class Territory {
  readonly ground: DrawingGround;
  readonly flows: DrawingFlows | null;
  /** 1 for a member, one entry a unit */
  readonly has: Uint8Array;
  size = 0;
  population = 0;
  areaKm2 = 0;
  perimeterM = 0;
  inside = 0;
  out = 0;
  readonly sent: Float64Array;
  /** members of each EPCI */
  readonly ofEpci: Int32Array;

  constructor(ground: DrawingGround, flows: DrawingFlows | null = null) {
    this.ground = ground;
    this.flows = flows;
    this.has = new Uint8Array(ground.adjacency.n);
    this.sent = new Float64Array(flows?.leaving.n ?? 0);
    this.ofEpci = new Int32Array(ground.epciUnits.length);
  }

  /** Makes the members equal to a set, at the cost of what differs. */
  become(units: ReadonlySet<number>): void {
    for (let unit = 0; unit < this.has.length; unit++) {
      if (this.has[unit] === 1 && !units.has(unit)) this.toggle(unit);
    }
    for (const unit of units) if (this.has[unit] === 0) this.toggle(unit);
  }

  toggle(unit: number): void {
    const sign = this.has[unit] === 1 ? -1 : 1;
    const { adjacency, population, areaKm2, outerM, epci } = this.ground;
    const { offsets, neighbours, lengthsM } = adjacency;
    this.size += sign;
    this.population += sign * population[unit]!;
    this.areaKm2 += sign * areaKm2[unit]!;
    this.perimeterM += sign * outerM[unit]!;
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      // A border with a member stops being one, or becomes one again.
      this.perimeterM += (this.has[neighbours[e]!] === 1 ? -sign : sign) * lengthsM[e]!;
    }
    if (epci[unit]! >= 0) this.ofEpci[epci[unit]!]! += sign;
    if (this.flows) this.#toggleFlows(this.flows, unit, sign);
    this.has[unit] = sign > 0 ? 1 : 0;
    if (this.size === 0) this.#empty();
  }

  /** Patients of a unit who are treated in the other members. */
  fromUnit(unit: number): number {
    if (!this.flows) return 0;
    const { offsets, destinations, patients } = this.flows.leaving;
    let sum = 0;
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      const to = destinations[e]!;
      if (to !== unit && to < this.has.length && this.has[to] === 1) sum += patients[e]!;
    }
    return sum;
  }

  /** Patients of a unit who are treated there. */
  atHome(unit: number): number {
    if (!this.flows) return 0;
    const { offsets, destinations, patients } = this.flows.leaving;
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      if (destinations[e] === unit) return patients[e]!;
    }
    return 0;
  }

  /**
   * What `inside` and `out` would become were the unit put in or taken out; the territory is left as
   * it is.
   */
  exchanged(unit: number): { inside: number; out: number } {
    const isIn = this.has[unit] === 1;
    const home = this.atHome(unit);
    // Residents of the other members treated in the unit.
    const toUnit = (this.sent[unit] ?? 0) - (isIn ? home : 0);
    const change = this.fromUnit(unit) + toUnit + home;
    const living = this.flows?.living[unit] ?? 0;
    return isIn
      ? { inside: this.inside - change, out: this.out - living }
      : { inside: this.inside + change, out: this.out + living };
  }

  #toggleFlows({ leaving, living }: DrawingFlows, unit: number, sign: number): void {
    const { inside } = this.exchanged(unit);
    this.inside = inside;
    this.out += sign * living[unit]!;
    for (let e = leaving.offsets[unit]!; e < leaving.offsets[unit + 1]!; e++) {
      this.sent[leaving.destinations[e]!]! += sign * leaving.patients[e]!;
    }
  }

  /** Nothing is exactly nothing, whatever floats left of it. */
  #empty(): void {
    this.sent.fill(0);
    this.population = this.areaKm2 = this.perimeterM = this.inside = this.out = 0;
  }
}

/** Localisation index (autarcie): inside / out, 0 to 1; null where no resident has a flow. */
export function localisationIndex({ inside, out }: { inside: number; out: number }): number | null {
  if (out < NOTHING) return null;
  return Math.min(1, Math.max(0, inside / out));
}
