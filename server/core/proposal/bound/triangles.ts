import { APART, type MetricLp } from './metric-lp.ts';

/** Shares so small are taken for apart, and triangles broken by so little for kept. */
const FAINT = 0.02;
const BROKEN = 0.02;
/** New triangles with any one side first, the most broken. */
const EACH = 3;
/** A triangle that has so much room and costs nothing is dropped. */
const ROOM = 0.1;
/** Places in the key of two sides; 2^53 holds the square. */
const KEY = 2 ** 26;

/** The pairs of units that are columns of a metric programme, and the triangles found among them. */
export class TriangleFinder {
  readonly #lp: MetricLp;
  readonly #units: number;
  readonly #mayMeet: (u: number, v: number) => boolean;
  readonly #column = new Map<number, number>();
  readonly #known = new Set<number>();

  /** @param mayMeet whether two units can be in one territory, whatever the order */
  constructor(lp: MetricLp, units: number, mayMeet: (u: number, v: number) => boolean) {
    this.#lp = lp;
    this.#units = units;
    this.#mayMeet = mayMeet;
  }

  /** The column of a pair, made where there is none. */
  column(u: number, v: number, worth = 0): number {
    const key = this.#pair(u, v);
    const known = this.#column.get(key);
    if (known !== undefined) return known;
    const made = this.#lp.addColumn(u, v, worth);
    this.#column.set(key, made);
    return made;
  }

  /**
   * Adds triangles that the shares break, and drops those that no longer matter.
   *
   * @returns how many were added
   */
  update(): number {
    const lp = this.#lp;
    lp.dropTriangles(ROOM, (first, second) => this.#known.delete(keyOf(first, second)));
    const { x } = lp;
    const near: { unit: number; share: number; column: number }[][] = Array.from(
      { length: this.#units },
      () => [],
    );
    for (let column = 0; column < x.length; column++) {
      const share = x[column]!;
      if (share <= FAINT) continue;
      const [u, v] = lp.ends(column);
      near[u]!.push({ unit: v, share, column });
      near[v]!.push({ unit: u, share, column });
    }
    const sides: number[] = [];
    for (const list of near) {
      list.sort((p, q) => q.share - p.share || p.unit - q.unit);
      for (const [k, { unit, share, column }] of list.entries()) {
        const worst: { broken: number; at: number }[] = [];
        for (let at = k + 1; at < list.length; at++) {
          const sum = share + list[at]!.share;
          if (sum <= 1 + BROKEN) break;
          const third = this.#column.get(this.#pair(unit, list[at]!.unit));
          const broken = sum - 1 - (third === undefined ? 0 : (x[third] ?? 0));
          if (broken <= BROKEN || broken <= (worst[EACH - 1]?.broken ?? 0)) continue;
          if (this.#known.has(keyOf(column, list[at]!.column))) continue;
          worst.splice(EACH - 1, 1);
          const before = worst.findIndex((one) => one.broken < broken);
          worst.splice(before < 0 ? worst.length : before, 0, { broken, at });
        }
        for (const { at } of worst) {
          const end = list[at]!;
          this.#known.add(keyOf(column, end.column));
          const third = this.#mayMeet(unit, end.unit) ? this.column(unit, end.unit) : APART;
          sides.push(column, end.column, third);
        }
      }
    }
    lp.addTriangles(sides);
    return sides.length / 3;
  }

  #pair(u: number, v: number): number {
    return u < v ? u * this.#units + v : v * this.#units + u;
  }
}

function keyOf(first: number, second: number): number {
  return Math.min(first, second) * KEY + Math.max(first, second);
}
