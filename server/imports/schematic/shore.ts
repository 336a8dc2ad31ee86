import { Delaunay } from 'd3-delaunay';
import type { Landmass } from './landmasses.ts';
import type { Point } from './projection.ts';

/** A grid over a landmass that tells sea from land. */
export interface Shore {
  isSea(point: Point): boolean;
  /** points of the sea along the shore: their cells are what the communes' cells end at */
  seaPoints: Point[];
}

const land = 1;
const sea = 2;

/**
 * Land is the concave hull of the points (Delaunay triangles without an edge above `maxEdgeKm`,
 * and the points themselves) widened by `marginKm`; holes in it are land too.
 */
export function shoreAround(points: Point[], landmass: Landmass): Shore {
  const grid = new Grid(points, landmass.stepKm, landmass.marginKm);
  for (const point of points) grid.set(point, land);
  for (const triangle of keptTriangles(points, landmass.maxEdgeKm)) grid.fill(triangle, land);
  grid.widen(landmass.marginKm, land);
  grid.flood(sea);
  return { isSea: (point) => grid.get(point) === sea, seaPoints: grid.fringe(sea, land) };
}

function* keptTriangles(points: Point[], maxEdge: number): Generator<Point[]> {
  const { triangles } = Delaunay.from(points);
  for (let i = 0; i < triangles.length; i += 3) {
    const corners = [0, 1, 2].map((k) => points[triangles[i + k] as number] as Point);
    if (longestEdge(corners) <= maxEdge) yield corners;
  }
}

function longestEdge(corners: readonly Point[]): number {
  return Math.max(
    ...corners.map(([x, y], k) => {
      const [u, v] = corners[(k + 1) % corners.length] as Point;
      return Math.hypot(x - u, y - v);
    }),
  );
}

/** Square cells in rows shifted by half a step, so that their centres are not aligned both ways. */
class Grid {
  readonly #step: number;
  readonly #west: number;
  readonly #south: number;
  readonly #width: number;
  readonly #height: number;
  #cells: Uint8Array;

  constructor(points: Point[], step: number, margin: number) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of points) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
    const pad = margin + 5 * step;
    this.#step = step;
    this.#west = west - pad;
    this.#south = south - pad;
    this.#width = Math.ceil((east - west + 2 * pad) / step);
    this.#height = Math.ceil((north - south + 2 * pad) / step);
    this.#cells = new Uint8Array(this.#width * this.#height);
  }

  get(point: Point): number {
    return this.#cells[this.#index(point)] ?? sea;
  }

  set(point: Point, value: number): void {
    this.#cells[this.#index(point)] = value;
  }

  #index([x, y]: Point): number {
    const row = Math.floor((y - this.#south) / this.#step);
    const column = Math.floor((x - this.#west) / this.#step - shift(row));
    const inside = row >= 0 && row < this.#height && column >= 0 && column < this.#width;
    return inside ? row * this.#width + column : -1;
  }

  #centre(row: number, column: number): Point {
    return [
      this.#west + (column + 0.5 + shift(row)) * this.#step,
      this.#south + (row + 0.5) * this.#step,
    ];
  }

  fill(triangle: readonly Point[], value: number): void {
    const ys = triangle.map(([, y]) => (y - this.#south) / this.#step);
    const xs = triangle.map(([x]) => (x - this.#west) / this.#step);
    for (let row = Math.floor(Math.min(...ys)); row <= Math.max(...ys); row += 1) {
      for (let column = Math.floor(Math.min(...xs)) - 1; column <= Math.max(...xs); column += 1) {
        const centre = this.#centre(row, column);
        if (inTriangle(centre, triangle)) this.set(centre, value);
      }
    }
  }

  /** Gives the value to every cell whose centre is within `radius` of one that has it. */
  widen(radius: number, value: number): void {
    const before = this.#cells.slice();
    const reach = Math.ceil(radius / this.#step);
    for (let row = 0; row < this.#height; row += 1) {
      for (let column = 0; column < this.#width; column += 1) {
        if (before[row * this.#width + column] !== value) continue;
        if (this.#surrounded(before, row, column, value)) continue;
        this.#disc(row, column, reach, radius, value);
      }
    }
  }

  #surrounded(cells: Uint8Array, row: number, column: number, value: number): boolean {
    for (let r = row - 1; r <= row + 1; r += 1) {
      for (let c = column - 1; c <= column + 1; c += 1) {
        if (cells[r * this.#width + c] !== value) return false;
      }
    }
    return true;
  }

  #disc(row: number, column: number, reach: number, radius: number, value: number): void {
    const [x, y] = this.#centre(row, column);
    for (let r = row - reach; r <= row + reach; r += 1) {
      for (let c = column - reach - 1; c <= column + reach + 1; c += 1) {
        const centre = this.#centre(r, c);
        if (Math.hypot(centre[0] - x, centre[1] - y) <= radius) this.set(centre, value);
      }
    }
  }

  /** Gives the value to the unset cells reached from the corner: lakes stay unset. */
  flood(value: number): void {
    const queue = [0];
    this.#cells[0] = value;
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      const column = at % this.#width;
      const around = [at - this.#width, at + this.#width];
      if (column > 0) around.push(at - 1);
      if (column < this.#width - 1) around.push(at + 1);
      for (const next of around) {
        if (this.#cells[next] !== 0) continue;
        this.#cells[next] = value;
        queue.push(next);
      }
    }
  }

  /** Centres of the cells of one value that lie at most two cells from the other. */
  fringe(value: number, other: number): Point[] {
    const centres: Point[] = [];
    for (let row = 0; row < this.#height; row += 1) {
      for (let column = 0; column < this.#width; column += 1) {
        if (this.#cells[row * this.#width + column] !== value) continue;
        if (this.#near(row, column, other)) centres.push(this.#centre(row, column));
      }
    }
    return centres;
  }

  #near(row: number, column: number, value: number): boolean {
    for (let r = Math.max(0, row - 2); r <= Math.min(this.#height - 1, row + 2); r += 1) {
      for (let c = Math.max(0, column - 2); c <= Math.min(this.#width - 1, column + 2); c += 1) {
        if (this.#cells[r * this.#width + c] === value) return true;
      }
    }
    return false;
  }
}

function shift(row: number): number {
  return row % 2 === 0 ? 0 : 0.5;
}

function inTriangle([x, y]: Point, corners: readonly Point[]): boolean {
  let left = 0;
  for (const [k, [u, v]] of corners.entries()) {
    const [s, t] = corners[(k + 1) % 3] as Point;
    left += (s - u) * (y - v) - (t - v) * (x - u) >= 0 ? 1 : -1;
  }
  return Math.abs(left) === 3;
}
