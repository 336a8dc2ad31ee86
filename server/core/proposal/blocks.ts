import { type Adjacency, buildAdjacency } from '../graph/adjacency.ts';
import { pieces } from '../graph/components.ts';
import type { ProposalInput } from './input.ts';
import { joinedSet, keptFrom } from './joined-set.ts';
import type { Refusal } from './refusal.ts';

/** What is left to divide once all locks are applied. */
export interface Blocks {
  /** block of each unit, numbered by lowest unit; -1 where it is fixed or outside the scope */
  of: Int32Array;
  count: number;
  /** fixed set of each unit, as numbered in the locks; -1: none */
  fixed: Int32Array;
  /** which blocks touch, over walls not */
  adjacency: Adjacency;
}

/**
 * Units joined into blocks that no search may part; the reason why where the locks contradict.
 *
 * Units to keep together that do not touch are joined by the way over the fewest units, which hems a
 * search in least; where that is too populated for a territory, by the least populated way.
 */
export function joinBlocks(input: ProposalInput): Blocks | Refusal {
  const short = joinOver(input, () => 1);
  if (!('reason' in short) || short.reason !== 'together_above_ceiling') return short;
  return joinOver(input, (u) => input.population[u]!);
}

function joinOver(input: ProposalInput, weigh: (unit: number) => number): Blocks | Refusal {
  const { adjacency, population, locks = {}, walls, scope, ceiling } = input;
  const { n } = adjacency;
  const free = new Uint8Array(n).fill(scope ? 0 : 1);
  for (const u of scope ?? []) free[u] = 1;
  const fixed = new Int32Array(n).fill(-1);
  for (const [k, set] of (locks.fixed ?? []).entries()) {
    for (const u of set) {
      if (fixed[u]! >= 0) return { reason: 'fixed_twice', units: [u] };
      fixed[u] = k;
      free[u] = 0;
    }
  }

  const open = openBorders(adjacency, free, walls);
  const root = Int32Array.from({ length: n }, (_, u) => u);
  const find = (u: number): number => {
    let at = u;
    while (root[at] !== at) at = root[at] = root[root[at]!]!;
    return at;
  };
  const unite = (u: number, v: number): void => {
    const [low, high] = [Math.min(find(u), find(v)), Math.max(find(u), find(v))];
    root[high] = low;
  };
  for (const set of locks.together ?? []) {
    if (isHeld(set, fixed)) continue;
    const refusal = refuseSet(set, free, fixed);
    if (refusal) return refusal;
    const held = joinedSet(open, set, keptFrom(set, locks.apart ?? []), weigh, population, find);
    if (!held) return { reason: 'together_unreachable', units: [...set] };
    for (const u of held) unite(u, set[0]!);
  }
  const together = root.map((_, u) => find(u));
  if (locks.wholeEpci) uniteWholeEpci(input, open, free, unite);

  const { of, count } = numberBlocks(free, find);
  const total = new Float64Array(count);
  const members = new Int32Array(count);
  for (let u = 0; u < n; u++) {
    if (of[u]! < 0) continue;
    total[of[u]!]! += population[u]!;
    members[of[u]!]!++;
  }
  for (const set of locks.together ?? []) {
    const block = of[set[0] ?? 0] ?? -1;
    if (set.length > 1 && block >= 0 && total[block]! > ceiling) {
      return { reason: 'together_above_ceiling', units: [...set], people: total[block]! };
    }
  }
  for (const [u, v] of locks.apart ?? []) {
    if (u === v || (of[u]! >= 0 && of[u] === of[v])) {
      const reason = together[u] === together[v] ? 'together_and_apart' : 'whole_epci_and_apart';
      return { reason, units: [u, v] };
    }
    if (fixed[u]! >= 0 && fixed[u] === fixed[v])
      return { reason: 'fixed_and_apart', units: [u, v] };
  }
  return { of, count, fixed, adjacency: contract(open, of, count) };
}

/** Whether one fixed set holds all of a set: it is together already. */
function isHeld(set: readonly number[], fixed: Int32Array): boolean {
  const [first = -1] = set.map((u) => fixed[u]!);
  return first >= 0 && set.every((u) => fixed[u] === first);
}

function refuseSet(set: readonly number[], free: Uint8Array, fixed: Int32Array): Refusal | null {
  if (set.some((u) => fixed[u]! >= 0)) return { reason: 'together_and_fixed', units: [...set] };
  const away = set.filter((u) => !free[u]);
  return away.length > 0 ? { reason: 'together_outside', units: away } : null;
}

/** Borders a territory may cross: between free units, not over walls. */
function openBorders(
  { n, offsets, neighbours, lengthsM }: Adjacency,
  free: Uint8Array,
  walls: ArrayLike<number> | undefined,
): Adjacency {
  const a: number[] = [];
  const b: number[] = [];
  const lengths: number[] = [];
  for (let u = 0; u < n; u++) {
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const v = neighbours[e]!;
      if (v < u || !free[u] || !free[v]) continue;
      if (walls && walls[u] !== walls[v]) continue;
      a.push(u);
      b.push(v);
      lengths.push(lengthsM[e]!);
    }
  }
  return buildAdjacency(n, a, b, lengths);
}

function uniteWholeEpci(
  { epci, population, ceiling }: ProposalInput,
  open: Adjacency,
  free: Uint8Array,
  unite: (u: number, v: number) => void,
): void {
  if (!epci) return;
  const group = Int32Array.from({ length: open.n }, (_, u) => (free[u] ? epci[u]! : -1));
  const { of, count } = pieces(open, group);
  const whole = new Map<
    number,
    { people: number; units: number; free: number; piece: Set<number> }
  >();
  for (let u = 0; u < open.n; u++) {
    const name = epci[u]!;
    if (name < 0) continue;
    const seen = whole.get(name) ?? { people: 0, units: 0, free: 0, piece: new Set<number>() };
    whole.set(name, seen);
    seen.people += population[u]!;
    seen.units++;
    if (!free[u]) continue;
    seen.free++;
    seen.piece.add(of[u]!);
  }
  const first = new Int32Array(count).fill(-1);
  for (let u = 0; u < open.n; u++) {
    const seen = whole.get(epci[u]!);
    if (!seen || !free[u] || seen.free < seen.units) continue;
    if (seen.piece.size > 1 || seen.people > ceiling) continue;
    if (first[of[u]!]! < 0) first[of[u]!] = u;
    unite(first[of[u]!]!, u);
  }
}

function numberBlocks(free: Uint8Array, find: (u: number) => number) {
  const numbers = new Map<number, number>();
  const of = new Int32Array(free.length).fill(-1);
  for (let u = 0; u < free.length; u++) {
    if (!free[u]) continue;
    const name = find(u);
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    of[u] = number;
  }
  return { of, count: numbers.size };
}

/** Which blocks touch: borders between units, summed by block. */
function contract(adjacency: Adjacency, of: Int32Array, count: number): Adjacency {
  const { n, offsets, neighbours, lengthsM } = adjacency;
  const a: number[] = [];
  const b: number[] = [];
  const lengths: number[] = [];
  for (let u = 0; u < n; u++) {
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const v = neighbours[e]!;
      if (v < u || of[u]! < 0 || of[v]! < 0 || of[u] === of[v]) continue;
      a.push(of[u]!);
      b.push(of[v]!);
      lengths.push(lengthsM[e]!);
    }
  }
  return buildAdjacency(count, a, b, lengths);
}
