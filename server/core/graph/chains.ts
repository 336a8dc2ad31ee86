import { sortByKey } from '../counting-sort.ts';
import { distanceKm } from '../flows/distance.ts';
import type { BorderLine } from './borders.ts';
import type { PointTable } from './point-table.ts';
import type { SegmentTable } from './segments.ts';

/**
 * Chains the segments of each pair of units into lines: a line goes on where exactly two segments of
 * the pair meet, and ends elsewhere; what is left is closed lines. Sorted by (a, b), b = -1 first.
 */
export function chainSegments(table: SegmentTable): BorderLine[] {
  const { count, a, b, points } = table;
  let units = 0;
  for (let s = 0; s < count; s++) units = Math.max(units, a[s]! + 1, b[s]! + 1);
  const beyond = b.subarray(0, count).map((unit) => unit + 1);
  const byBeyond = sortByKey(units + 1, beyond, null).order;
  const { order } = sortByKey(units, a.subarray(0, count), byBeyond);

  const chainer = new Chainer(table);
  const borders: BorderLine[] = [];
  for (let k = 0; k < count; ) {
    const s = order[k]!;
    let end = k;
    while (end < count && a[order[end]!] === a[s] && b[order[end]!] === b[s]) end++;
    if (a[s] !== b[s]) {
      const chains = chainer.chain(order.subarray(k, end));
      borders.push({ a: a[s]!, b: b[s]!, ...measured(points, chains) });
    }
    k = end;
  }
  return borders;
}

/** Works on one set of segments at a time, with room for all points kept from one to the next. */
class Chainer {
  readonly #table: SegmentTable;
  /** first segment end at each point, -1 for none; an end is 2·segment (+1 at q) */
  readonly #first: Int32Array;
  /** next segment end at the same point */
  readonly #next: Int32Array;
  readonly #used: Uint8Array;

  constructor(table: SegmentTable) {
    this.#table = table;
    this.#first = new Int32Array(table.points.count).fill(-1);
    this.#next = new Int32Array(2 * table.count);
    this.#used = new Uint8Array(table.count);
  }

  chain(segments: Int32Array): number[][] {
    const { p, q } = this.#table;
    for (const s of segments) {
      this.#link(p[s]!, 2 * s);
      this.#link(q[s]!, 2 * s + 1);
    }
    const lines: number[][] = [];
    for (const s of segments) {
      if (!this.#goesOn(p[s]!)) this.#walk(p[s]!, s, lines);
      if (!this.#goesOn(q[s]!)) this.#walk(q[s]!, s, lines);
    }
    for (const s of segments) this.#walk(p[s]!, s, lines);
    for (const s of segments) this.#first[p[s]!] = this.#first[q[s]!] = -1;
    return lines;
  }

  #link(point: number, end: number): void {
    this.#next[end] = this.#first[point]!;
    this.#first[point] = end;
  }

  /** Whether exactly two segments meet at a point. */
  #goesOn(point: number): boolean {
    const second = this.#next[this.#first[point]!]!;
    return second >= 0 && this.#next[second]! < 0;
  }

  /** Follows a line from one end of a segment not used yet. */
  #walk(start: number, segment: number, lines: number[][]): void {
    if (this.#used[segment]) return;
    const { p, q } = this.#table;
    const line = [start];
    for (let at = start, s = segment; ; ) {
      this.#used[s] = 1;
      at = p[s] === at ? q[s]! : p[s]!;
      line.push(at);
      if (at === start || !this.#goesOn(at)) break;
      const end = this.#first[at]!;
      s = (end >> 1 === s ? this.#next[end]! : end) >> 1;
    }
    lines.push(line);
  }
}

function measured(points: PointTable, chains: number[][]): Pick<BorderLine, 'lengthM' | 'lines'> {
  let km = 0;
  const lines = chains.map((chain) =>
    chain.map((point): [number, number] => [points.lon(point), points.lat(point)]),
  );
  for (const line of lines) {
    for (let k = 1; k < line.length; k++) km += distanceKm(...line[k - 1]!, ...line[k]!);
  }
  return { lengthM: km * 1000, lines };
}
