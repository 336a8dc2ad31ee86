import { MinHeap } from '../min-heap.ts';
import { type Adjacency, buildAdjacency } from './adjacency.ts';

/**
 * A hue from 0 to hues − 1 for each group of units, so that groups that touch differ: DSATUR
 * (D. Brélaz, "New methods to color the vertices of a graph", CACM 22, 1979). The group whose
 * neighbours already show the most hues comes next, then the one with the most neighbours, then the
 * lower; it takes the lowest hue that is free. Where none is free, two hues are swapped along a
 * Kempe chain; where that does not help either, it takes the hue with which it shares the shortest
 * border. A plane map needs four hues; with six or more a shared hue is not to be expected.
 *
 * A group keeps its `previous` hue (-1: none) unless a lower group that touches it keeps the same
 * one, or a Kempe chain has to take it. Units of group -1 are in none. A group without units keeps
 * its hue or has hue 0.
 *
 * @throws RangeError when there is no hue, or the arrays don't fit the counts.
 */
export function colourGroups(
  adj: Adjacency,
  group: Int32Array,
  groupCount: number,
  hues: number,
  previous?: Int32Array,
): Int32Array {
  if (!Number.isInteger(hues) || hues < 1) {
    throw new RangeError(`expected at least one hue, got ${hues}`);
  }
  if (previous && previous.length !== groupCount) {
    throw new RangeError(`expected ${groupCount} previous hues, got ${previous.length}`);
  }
  const groups = groupAdjacency(adj, group, groupCount);
  const hue = keptHues(groups, hues, previous);
  const heap = new MinHeap();
  const rank = (g: number) => -(shown(groups, hue, g).size * (groupCount + 1) + degree(groups, g));
  for (let g = 0; g < groupCount; g++) if (hue[g]! < 0) heap.push(g, rank(g));
  for (let top = heap.pop(); top !== null; top = heap.pop()) {
    const { item: g, key } = top;
    if (hue[g]! >= 0 || key !== rank(g)) continue;
    const free = freeHue(groups, hue, g, hues);
    hue[g] = free ?? swappedHue(groups, hue, g, hues);
    // A swap along a chain may have changed what any other group sees.
    const changed =
      free === null
        ? hue.keys()
        : groups.neighbours.subarray(groups.offsets[g]!, groups.offsets[g + 1]!);
    for (const other of changed) if (hue[other]! < 0) heap.push(other, rank(other));
  }
  return hue;
}

/** Which groups touch, and over how many metres. */
export function groupAdjacency(adj: Adjacency, group: Int32Array, groupCount: number): Adjacency {
  if (group.length !== adj.n) {
    throw new RangeError(`expected one group for each of ${adj.n} units, got ${group.length}`);
  }
  const a: number[] = [];
  const b: number[] = [];
  const lengthM: number[] = [];
  for (let u = 0; u < adj.n; u++) {
    for (let e = adj.offsets[u]!; e < adj.offsets[u + 1]!; e++) {
      const v = adj.neighbours[e]!;
      if (v < u || group[u] === group[v] || group[u]! < 0 || group[v]! < 0) continue;
      a.push(group[u]!);
      b.push(group[v]!);
      lengthM.push(adj.lengthsM[e]!);
    }
  }
  return buildAdjacency(groupCount, a, b, lengthM);
}

function keptHues(groups: Adjacency, hues: number, previous: Int32Array | undefined): Int32Array {
  const hue = new Int32Array(groups.n).fill(-1);
  if (!previous) return hue;
  for (let g = 0; g < groups.n; g++) {
    const before = previous[g]!;
    if (before >= 0 && before < hues && !shown(groups, hue, g).has(before)) hue[g] = before;
  }
  return hue;
}

function degree(groups: Adjacency, g: number): number {
  return groups.offsets[g + 1]! - groups.offsets[g]!;
}

/** Hues of the neighbours of a group, with the length of border shared with each, m. */
function shown(groups: Adjacency, hue: Int32Array, g: number): Map<number, number> {
  const found = new Map<number, number>();
  for (let e = groups.offsets[g]!; e < groups.offsets[g + 1]!; e++) {
    const other = hue[groups.neighbours[e]!]!;
    if (other >= 0) found.set(other, (found.get(other) ?? 0) + groups.lengthsM[e]!);
  }
  return found;
}

function freeHue(groups: Adjacency, hue: Int32Array, g: number, hues: number): number | null {
  const taken = shown(groups, hue, g);
  for (let h = 0; h < hues; h++) if (!taken.has(h)) return h;
  return null;
}

function swappedHue(groups: Adjacency, hue: Int32Array, g: number, hues: number): number {
  for (let from = 0; from < hues; from++) {
    for (let to = 0; to < hues; to++) {
      if (from === to) continue;
      const chain = kempeChain(groups, hue, g, from, to);
      if (!chain) continue;
      for (const member of chain) hue[member] = hue[member] === from ? to : from;
      return from;
    }
  }
  const taken = shown(groups, hue, g);
  let best = 0;
  for (let h = 1; h < hues; h++) if (taken.get(h)! < taken.get(best)!) best = h;
  return best;
}

/**
 * The groups of hues `from` and `to` linked to the neighbours of `g` that show `from`; null when a
 * neighbour that shows `to` is among them, so that swapping would free nothing.
 */
function kempeChain(
  groups: Adjacency,
  hue: Int32Array,
  g: number,
  from: number,
  to: number,
): Set<number> | null {
  const { offsets, neighbours } = groups;
  const around = neighbours.subarray(offsets[g]!, offsets[g + 1]!);
  const chain = new Set(around.filter((other) => hue[other] === from));
  for (const member of chain) {
    if (hue[member] === to && around.includes(member)) return null;
    for (let e = offsets[member]!; e < offsets[member + 1]!; e++) {
      const other = neighbours[e]!;
      if (hue[other] === from || hue[other] === to) chain.add(other);
    }
  }
  return chain;
}
