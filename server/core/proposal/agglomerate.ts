import { MinHeap } from '../min-heap.ts';
import type { Ground } from './ground.ts';

/**
 * Agglomeration from the smallest: every unit starts as a territory; the least populated one joins
 * the neighbour it has the most ties with, among those it does not take above the ceiling. What ties
 * them is divided by the square root of the neighbour's population, so that a large town does not
 * take in all that surrounds it. Where nothing ties, the longest shared border decides; then the
 * lower name.
 *
 * It ends when `wanted` territories are left, or without such a number when none is under the floor
 * (or can still join). Each union at least doubles the population of the smaller part, so a unit is
 * looked at about log2(ceiling) times.
 *
 * @returns territory of each unit, numbered from 0 by lowest unit.
 */
export function agglomerate(ground: Ground, wanted: number | null): Int32Array {
  const { population, adjacency, ties, apart, floor, ceiling } = ground;
  const { n, offsets, neighbours, lengthsM } = adjacency;
  const label = Int32Array.from({ length: n }, (_, u) => u);
  const total = Float64Array.from(population);
  // Members of a territory: a ring of units; joining two territories swaps one link of each.
  const next = Int32Array.from({ length: n }, (_, u) => u);
  const heap = new MinHeap();
  for (let u = 0; u < n; u++) heap.push(u, total[u]!);

  const tied = new Float64Array(n);
  const border = new Float64Array(n);
  const touched: number[] = [];
  let count = n;
  for (let top = heap.pop(); top !== null && count > (wanted ?? 0); top = heap.pop()) {
    const { item: smallest, key } = top;
    if (label[smallest] !== smallest || total[smallest] !== key) continue;
    if (wanted === null && key >= floor) break;
    touched.length = 0;
    let u = smallest;
    do {
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const other = label[neighbours[e]!]!;
        if (other === smallest) continue;
        if (border[other] === 0) touched.push(other);
        // A border of no length still touches: 0 means not met yet.
        border[other]! += Math.max(lengthsM[e]!, Number.MIN_VALUE);
      }
      for (let e = ties.offsets[u]!; e < ties.offsets[u + 1]!; e++) {
        tied[label[ties.others[e]!]!]! += ties.worth[e]!;
      }
      u = next[u]!;
    } while (u !== smallest);

    let best = -1;
    for (const other of touched) {
      if (total[other]! + key > ceiling) continue;
      if (best >= 0 && !comesBefore(other, best)) continue;
      if (!clash(smallest, other)) best = other;
    }
    u = smallest;
    do {
      for (let e = ties.offsets[u]!; e < ties.offsets[u + 1]!; e++) {
        tied[label[ties.others[e]!]!] = 0;
      }
      u = next[u]!;
    } while (u !== smallest);
    for (const other of touched) border[other] = 0;
    if (best >= 0) join(smallest, best);
  }
  return numbered(label);

  function comesBefore(p: number, q: number): boolean {
    const forP = tied[p]! / Math.sqrt(total[p]! + 1);
    const forQ = tied[q]! / Math.sqrt(total[q]! + 1);
    if (forP !== forQ) return forP > forQ;
    if (border[p] !== border[q]) return border[p]! > border[q]!;
    return p < q;
  }

  function clash(from: number, into: number): boolean {
    if (apart.others.length === 0) return false;
    let u = from;
    do {
      for (let e = apart.offsets[u]!; e < apart.offsets[u + 1]!; e++) {
        if (label[apart.others[e]!] === into) return true;
      }
      u = next[u]!;
    } while (u !== from);
    return false;
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
    count--;
    heap.push(into, total[into]!);
  }
}

/** Labels numbered anew from 0, by the lowest unit that bears each; those under 0 stay. */
export function numbered(label: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  return label.map((name) => {
    if (name < 0) return name;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}
