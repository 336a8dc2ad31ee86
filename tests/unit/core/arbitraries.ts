import fc from 'fast-check';
import type { FlowMatrix } from '../../../server/core/flows/matrix.ts';
import { flowMatrix } from '../../../server/core/flows/matrix.ts';
import { type Adjacency, buildAdjacency } from '../../../server/core/graph/adjacency.ts';

/** A graph from pairs of units; every border is 1,000 m unless lengths are given. */
export function graph(n: number, pairs: [number, number][], lengthM?: number[]): Adjacency {
  return buildAdjacency(
    n,
    pairs.map(([u]) => u),
    pairs.map(([, v]) => v),
    lengthM ?? pairs.map(() => 1000),
  );
}

/** Cells of a chessboard that touch by a side, numbered row by row. */
export function chessboard(width: number, height: number): Adjacency {
  const pairs: [number, number][] = [];
  for (let u = 0; u < width * height; u++) {
    if ((u + 1) % width !== 0) pairs.push([u, u + 1]);
    if (u + width < width * height) pairs.push([u, u + width]);
  }
  return graph(width * height, pairs);
}

/** Any graph of up to `most` units, as its pairs. */
export function anyGraph(most: number) {
  return fc.integer({ min: 1, max: most }).chain((n) => {
    const every: [number, number][] = [];
    for (let u = 0; u < n; u++) for (let v = u + 1; v < n; v++) every.push([u, v]);
    return fc.record({
      n: fc.constant(n),
      pairs: fc.subarray(every, { maxLength: Math.min(every.length, 3 * n) }),
    });
  });
}

/** Flows of whole patients among `n` units, few enough for ties to be common. */
export function anyFlows(n: number) {
  return fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.nat(6)), { maxLength: 5 * n });
}

export function matrixOf(n: number, flows: [number, number, number][]): FlowMatrix {
  return flowMatrix(
    n,
    flows.map(([origin]) => origin),
    flows.map(([, destination]) => destination),
    flows.map(([, , patients]) => patients),
  );
}

/** Dense table of a matrix, for oracles. */
export function dense(m: FlowMatrix): number[][] {
  const table = Array.from({ length: m.n }, () => new Array<number>(m.n).fill(0));
  for (let i = 0; i < m.n; i++) {
    for (let e = m.offsets[i]!; e < m.offsets[i + 1]!; e++) {
      table[i]![m.destinations[e]!]! += m.patients[e]!;
    }
  }
  return table;
}
