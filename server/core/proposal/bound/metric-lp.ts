/** What a solution is asked of, besides its triangles. Units are weighed by a mass. */
export interface MetricRows {
  mass: Float64Array;
  /** mass of the others that each unit is with, at least and at most */
  least: Float64Array;
  most: Float64Array;
  /** Σ 2 m m' x over all pairs, at most; Infinity: any */
  squares: number;
}

/** Never a column: the two ends of a triangle that can't be together at all. */
export const APART = -1;

/** Iterations between two looks at the bound, after which the iteration starts anew from the average. */
const EVERY = 100;

/**
 * The metric relaxation of dividing units into territories (Grötschel, Wakabayashi, Mathematical
 * Programming 45, 1989): of each pair is asked the share x in which it is together, 0 ≤ x ≤ 1,
 *
 *     max Σ w x,   least ≤ Σ m x ≤ most of every unit,   Σ 2 m m' x ≤ squares,
 *     x_ij + x_jk − x_ik ≤ 1         who is with j is with all who are with j: triangles
 *
 * A pair that is no column is never together. Columns and triangles are added as they are found to
 * matter, and the programme is solved on from where it was, by the primal–dual hybrid gradient method
 * (Chambolle, Pock, J. Math. Imaging Vision 40, 2011) with diagonal steps (Pock, Chambolle, ICCV 2011)
 * and restarts from the average (Applegate and others, NeurIPS 2021).
 *
 * It is never solved exactly, and need not be: by weak duality any multipliers give an upper bound.
 */
export class MetricLp {
  readonly #rows: MetricRows;
  readonly #one: number[] = [];
  readonly #other: number[] = [];
  readonly #worth: number[] = [];
  /** three columns a triangle: two sides, and the third or `APART` */
  #sides: Int32Array = new Int32Array(0);
  #x: Float64Array = new Float64Array(0);
  /** multipliers: of units (any sign), of triangles and of the squares (at least 0) */
  #ofUnit: Float64Array;
  #ofTriangle: Float64Array = new Float64Array(0);
  #ofSquares = 0;

  constructor(rows: MetricRows) {
    this.#rows = rows;
    this.#ofUnit = new Float64Array(rows.mass.length);
  }

  /** Share of each column together, as it is now. */
  get x(): Float64Array {
    return this.#x;
  }

  get columns(): number {
    return this.#one.length;
  }

  /** Every pair of a triangle must be a column, but for the third where it is `APART`. */
  ends(column: number): [number, number] {
    return [this.#one[column]!, this.#other[column]!];
  }

  addColumn(one: number, other: number, worth: number): number {
    this.#one.push(one);
    this.#other.push(other);
    return this.#worth.push(worth) - 1;
  }

  addTriangles(sides: readonly number[]): void {
    const all = new Int32Array(this.#sides.length + sides.length);
    all.set(this.#sides);
    all.set(sides, this.#sides.length);
    this.#sides = all;
    this.#ofTriangle = resized(this.#ofTriangle, all.length / 3);
  }

  /** Drops the triangles that hold with room to spare and cost nothing; told the two sides of each. */
  dropTriangles(room: number, dropped: (first: number, second: number) => void): void {
    const sides = this.#sides;
    const kept: number[] = [];
    for (let t = 0; t < this.#ofTriangle.length; t++) {
      const [first, second, third] = [sides[3 * t]!, sides[3 * t + 1]!, sides[3 * t + 2]!];
      const x = this.#x[first]! + this.#x[second]! - (third < 0 ? 0 : this.#x[third]!);
      if (this.#ofTriangle[t]! > 0 || x > 1 - room) kept.push(t);
      else dropped(first, second);
    }
    const multipliers = this.#ofTriangle;
    this.#ofTriangle = Float64Array.from(kept, (t) => multipliers[t]!);
    this.#sides = new Int32Array(3 * kept.length);
    kept.forEach((t, k) => {
      this.#sides.set(sides.subarray(3 * t, 3 * t + 3), 3 * k);
    });
  }

  /**
   * Goes on for so many iterations.
   *
   * @returns an upper bound of Σ w x over all that satisfies the rows: the least met.
   */
  solve(iterations: number): number {
    const { mass, least, most, squares } = this.#rows;
    const units = mass.length;
    const columns = this.#one.length;
    const sides = this.#sides;
    const triangles = this.#ofTriangle.length;
    const one = Int32Array.from(this.#one);
    const other = Int32Array.from(this.#other);
    const worth = Float64Array.from(this.#worth);
    const capped = squares < Infinity;

    const stepX = new Float64Array(columns);
    const stepUnit = new Float64Array(units);
    let stepSquares = 0;
    for (let c = 0; c < columns; c++) {
      const p = mass[one[c]!]!;
      const q = mass[other[c]!]!;
      stepX[c] = p + q + (capped ? 2 * p * q : 0);
      stepUnit[one[c]!]! += q;
      stepUnit[other[c]!]! += p;
      stepSquares += 2 * p * q;
    }
    for (const side of sides) if (side >= 0) stepX[side]!++;
    // How far multipliers are from shares: what keeps the steps of both alike.
    const scale = this.#scale();
    for (let c = 0; c < columns; c++) stepX[c] = 1 / (scale * Math.max(stepX[c]!, 1e-9));
    for (let i = 0; i < units; i++) stepUnit[i] = stepUnit[i]! > 0 ? scale / stepUnit[i]! : 0;
    stepSquares = stepSquares > 0 ? scale / stepSquares : 0;
    const stepTriangle = scale / 3;

    let x = resized(this.#x, columns);
    let u = this.#ofUnit;
    let y = this.#ofTriangle;
    let z = this.#ofSquares;
    const price = new Float64Array(columns);
    const ahead = new Float64Array(columns);
    const row = new Float64Array(units);
    const sumX = new Float64Array(columns);
    const sumU = new Float64Array(units);
    const sumY = new Float64Array(triangles);
    let sumZ = 0;
    let summed = 0;
    let best = this.#bound(u, y, z, price, one, other, worth);
    for (let k = 1; k <= iterations; k++) {
      this.#prices(u, y, z, price, one, other);
      row.fill(0);
      let total = 0;
      for (let c = 0; c < columns; c++) {
        const was = x[c]!;
        const moved = was + stepX[c]! * (worth[c]! - price[c]!);
        const now = moved < 0 ? 0 : moved > 1 ? 1 : moved;
        x[c] = now;
        sumX[c]! += now;
        const next = 2 * now - was;
        ahead[c] = next;
        if (next === 0) continue;
        const p = mass[one[c]!]!;
        const q = mass[other[c]!]!;
        row[one[c]!]! += q * next;
        row[other[c]!]! += p * next;
        total += 2 * p * q * next;
      }
      for (let i = 0; i < units; i++) {
        const moved = u[i]! + stepUnit[i]! * row[i]!;
        const over = moved - stepUnit[i]! * most[i]!;
        const under = moved - stepUnit[i]! * least[i]!;
        u[i] = over > 0 ? over : under < 0 ? under : 0;
        sumU[i]! += u[i]!;
      }
      if (capped) {
        z = Math.max(0, z + stepSquares * (total - squares));
        sumZ += z;
      }
      for (let t = 0, s = 0; t < triangles; t++, s += 3) {
        const third = sides[s + 2]!;
        const sum = ahead[sides[s]!]! + ahead[sides[s + 1]!]! - (third < 0 ? 0 : ahead[third]!);
        const moved = y[t]! + stepTriangle * (sum - 1);
        y[t] = moved > 0 ? moved : 0;
        sumY[t]! += y[t]!;
      }
      summed++;
      if (k % EVERY !== 0 && k !== iterations) continue;
      const meanU = sumU.map((sum) => sum / summed);
      const meanY = sumY.map((sum) => sum / summed);
      const here = this.#bound(u, y, z, price, one, other, worth);
      const mean = this.#bound(meanU, meanY, sumZ / summed, price, one, other, worth);
      best = Math.min(best, here, mean);
      if (mean < here) {
        x = sumX.map((sum) => sum / summed);
        u = meanU;
        y = meanY;
        z = sumZ / summed;
      }
      sumX.fill(0);
      sumU.fill(0);
      sumY.fill(0);
      sumZ = 0;
      summed = 0;
    }
    this.#x = x;
    this.#ofUnit = u;
    this.#ofTriangle = y;
    this.#ofSquares = z;
    return best;
  }

  #scale(): number {
    let sum = 0;
    let some = 0;
    for (const worth of this.#worth) {
      if (worth <= 0) continue;
      sum += worth;
      some++;
    }
    return SCALE * (some > 0 ? sum / some : 1);
  }

  /** What the multipliers charge each column for being together. */
  #prices(
    u: Float64Array,
    y: Float64Array,
    z: number,
    price: Float64Array,
    one: Int32Array,
    other: Int32Array,
  ): void {
    const { mass } = this.#rows;
    const sides = this.#sides;
    for (let c = 0; c < price.length; c++) {
      const i = one[c]!;
      const j = other[c]!;
      price[c] = mass[j]! * u[i]! + mass[i]! * u[j]! + 2 * z * mass[i]! * mass[j]!;
    }
    for (let t = 0, s = 0; t < y.length; t++, s += 3) {
      const charge = y[t]!;
      if (charge === 0) continue;
      price[sides[s]!]! += charge;
      price[sides[s + 1]!]! += charge;
      if (sides[s + 2]! >= 0) price[sides[s + 2]!]! -= charge;
    }
  }

  /**
   * Σ w x ≤ Σ multiplier × end of its row + Σ max(0, w − price). Pairs that are no column are left out,
   * which is right where their price is not negative: so that it is, a unit's multiplier is first raised
   * to what the squares charge.
   */
  #bound(
    given: Float64Array,
    y: Float64Array,
    z: number,
    price: Float64Array,
    one: Int32Array,
    other: Int32Array,
    worth: Float64Array,
  ): number {
    const { mass, least, most, squares } = this.#rows;
    const u = given.map((multiplier, i) => Math.max(multiplier, -z * mass[i]!));
    this.#prices(u, y, z, price, one, other);
    let total = z > 0 ? z * squares : 0;
    for (let i = 0; i < u.length; i++) total += u[i]! * (u[i]! > 0 ? most[i]! : least[i]!);
    for (const multiplier of y) total += multiplier;
    for (let c = 0; c < price.length; c++) total += Math.max(0, worth[c]! - price[c]!);
    // Far above what rounding can make of so many sums.
    return total + 1e-9 * Math.abs(total);
  }
}

/** Found by trial, on the instances of the bench. */
const SCALE = 5;

function resized(values: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size);
  result.set(values.subarray(0, size));
  return result;
}
