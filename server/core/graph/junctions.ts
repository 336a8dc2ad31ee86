import { STEPS_PER_DEGREE } from './point-table.ts';
import { SegmentTable } from './segments.ts';

/** How far from a segment a point may be and still lie on it: 1e-6 degrees, about 10 cm. */
const TOLERANCE = 1e-6 * STEPS_PER_DEGREE;
/** Side of a cell of the point index, 0.01 degrees. */
const CELL = 0.01 * STEPS_PER_DEGREE;

/**
 * T-junctions: where a point of one outline lies on a segment of another without being an end of it,
 * the two sides of the border are cut differently and match nothing.
 *
 *     A ───────────────       one segment of A
 *     B ──────┬────────  C    two segments below, of B and of C
 *
 * Every segment with one owner is cut at the ends of other such segments that lie within tolerance
 * of it (they snap it to themselves), then matched again; one pass is enough, as cutting makes no
 * new point. First, ends that lie within tolerance of each other become one point.
 */
export function splitAtVertices(table: SegmentTable): SegmentTable {
  const { points } = table;
  const index = new OpenEnds(table);
  const split = new SegmentTable(points);
  for (let s = 0; s < table.count; s++) {
    const unit = table.a[s]!;
    if (table.b[s]! >= 0) {
      split.add(unit, table.p[s]!, table.q[s]!);
      split.add(table.b[s]!, table.p[s]!, table.q[s]!);
      continue;
    }
    let from = index.welded(table.p[s]!);
    const to = index.welded(table.q[s]!);
    for (const point of index.along(from, to)) {
      split.add(unit, from, point);
      from = point;
    }
    split.add(unit, from, to);
  }
  return split;
}

/** Grid index of the ends of the segments that have one owner. */
class OpenEnds {
  readonly #x: Int32Array;
  readonly #y: Int32Array;
  readonly #cells = new Map<number, number[]>();
  readonly #weld = new Map<number, number>();

  constructor(table: SegmentTable) {
    this.#x = table.points.x;
    this.#y = table.points.y;
    const open = new Uint8Array(table.points.count);
    for (let s = 0; s < table.count; s++) {
      if (table.b[s]! >= 0) continue;
      open[table.p[s]!] = open[table.q[s]!] = 1;
    }
    for (let point = 0; point < open.length; point++) if (open[point]) this.#insert(point);
  }

  /** The point that stands for a point: the lowest within tolerance. */
  welded(point: number): number {
    return this.#weld.get(point) ?? point;
  }

  /** Points strictly between two others that lie on the segment that joins them, in order. */
  along(from: number, to: number): number[] {
    const x0 = this.#x[from]!;
    const y0 = this.#y[from]!;
    const dx = this.#x[to]! - x0;
    const dy = this.#y[to]! - y0;
    const length = Math.hypot(dx, dy);
    const found: { point: number; at: number }[] = [];
    const left = Math.min(x0, x0 + dx);
    const right = Math.max(x0, x0 + dx);
    const firstColumn = Math.floor((left - TOLERANCE) / CELL);
    const lastColumn = Math.floor((right + TOLERANCE) / CELL);
    for (let column = firstColumn; column <= lastColumn; column++) {
      // Rows that the segment crosses within this column of cells.
      const enter = Math.max(left, column * CELL - TOLERANCE);
      const leave = Math.min(right, (column + 1) * CELL + TOLERANCE);
      const yEnter = dx === 0 ? y0 : y0 + (dy * (enter - x0)) / dx;
      const yLeave = dx === 0 ? y0 + dy : y0 + (dy * (leave - x0)) / dx;
      const firstRow = Math.floor((Math.min(yEnter, yLeave) - TOLERANCE) / CELL);
      const lastRow = Math.floor((Math.max(yEnter, yLeave) + TOLERANCE) / CELL);
      for (let row = firstRow; row <= lastRow; row++) {
        for (const point of this.#cells.get(cellKey(column, row)) ?? []) {
          if (point === from || point === to) continue;
          const px = this.#x[point]! - x0;
          const py = this.#y[point]! - y0;
          const at = (px * dx + py * dy) / length;
          const off = Math.abs(px * dy - py * dx) / length;
          if (at > 0 && at < length && off <= TOLERANCE) found.push({ point, at });
        }
      }
    }
    return found.sort((p, q) => p.at - q.at || p.point - q.point).map(({ point }) => point);
  }

  #insert(point: number): void {
    const x = this.#x[point]!;
    const y = this.#y[point]!;
    for (const column of cellsNear(x)) {
      for (const row of cellsNear(y)) {
        for (const other of this.#cells.get(cellKey(column, row)) ?? []) {
          if (Math.hypot(this.#x[other]! - x, this.#y[other]! - y) > TOLERANCE) continue;
          this.#weld.set(point, other);
          return;
        }
      }
    }
    const key = cellKey(Math.floor(x / CELL), Math.floor(y / CELL));
    const cell = this.#cells.get(key);
    if (cell) cell.push(point);
    else this.#cells.set(key, [point]);
  }
}

/** The cells of one axis that come within tolerance of a coordinate: one or two. */
function cellsNear(coordinate: number): number[] {
  const low = Math.floor((coordinate - TOLERANCE) / CELL);
  const high = Math.floor((coordinate + TOLERANCE) / CELL);
  return low === high ? [low] : [low, high];
}

function cellKey(column: number, row: number): number {
  return column * 100_000 + row;
}
