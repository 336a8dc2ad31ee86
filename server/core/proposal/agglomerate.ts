import type { FlowMatrix } from '../flows/matrix.ts';
import type { Adjacency } from '../graph/adjacency.ts';
import { MinHeap } from '../min-heap.ts';

/**
 * Agglomeration from the smallest: every unit starts as a territory; the least populated one under
 * the floor joins the neighbour it exchanges most with, among those it does not take above the
 * ceiling, until none can. What it exchanges is divided by the square root of the neighbour's
 * population, so that a large town does not take in all that surrounds it. Where nothing is
 * exchanged, the longest shared border decides; then the lower name.
 *
 * Each union at least doubles the population of the smaller part, so a unit is looked at about
 * log2(floor) times. `settled[u]` ≥ 0 marks units that take no part and are left with that label.
 *
 * @returns label of each unit: a unit of its territory.
 */
export function agglomerate(
  population: ArrayLike<number>,
  adjacency: Adjacency,
  exchange: FlowMatrix,
  floor: number,
  ceiling: number,
  settled: Int32Array,
): Int32Array {
  const { n, offsets, neighbours, lengthsM } = adjacency;
  const label = Int32Array.from(settled, (name, u) => (name < 0 ? u : name));
  const total = Float64Array.from(population);
  // Members of a territory: a ring of units; joining two territories swaps one link of each.
  const next = Int32Array.from({ length: n }, (_, u) => u);
  const heap = new MinHeap();
  for (let u = 0; u < n; u++) if (settled[u]! < 0) heap.push(u, total[u]!);

  const flow = new Float64Array(n);
  const border = new Float64Array(n);
  const touched: number[] = [];
  for (let top = heap.pop(); top !== null; top = heap.pop()) {
    const { item: smallest, key } = top;
    if (label[smallest] !== smallest || total[smallest] !== key || key >= floor) continue;
    touched.length = 0;
    let u = smallest;
    do {
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        const other = label[v]!;
        if (settled[v]! >= 0 || other === smallest) continue;
        if (border[other] === 0) touched.push(other);
        // A border of no length still touches: 0 means not met yet.
        border[other]! += Math.max(lengthsM[e]!, Number.MIN_VALUE);
      }
      for (let e = exchange.offsets[u]!; e < exchange.offsets[u + 1]!; e++) {
        flow[label[exchange.destinations[e]!]!]! += exchange.patients[e]!;
      }
      u = next[u]!;
    } while (u !== smallest);

    let best = -1;
    for (const other of touched) {
      if (total[other]! + key > ceiling) continue;
      if (best < 0 || comesBefore(other, best)) best = other;
    }
    u = smallest;
    do {
      for (let e = exchange.offsets[u]!; e < exchange.offsets[u + 1]!; e++) {
        flow[label[exchange.destinations[e]!]!] = 0;
      }
      u = next[u]!;
    } while (u !== smallest);
    for (const other of touched) border[other] = 0;
    if (best >= 0) join(smallest, best);
  }
  return label;

  function comesBefore(p: number, q: number): boolean {
    const forP = flow[p]! / Math.sqrt(total[p]! + 1);
    const forQ = flow[q]! / Math.sqrt(total[q]! + 1);
    if (forP !== forQ) return forP > forQ;
    if (border[p] !== border[q]) return border[p]! > border[q]!;
    return p < q;
  }

  function join(from: number, into: number): void {
    let u = from;
    do {
      label[u] = into;
      u = next[u]!;
    } while (u !== from);
    const link = next[from]!;
    next[from] = next[into]!;
    next[into] = link;
    total[into]! += total[from]!;
    heap.push(into, total[into]!);
  }
}
