import { type Adjacency, buildAdjacency } from '../graph/adjacency.ts';
import { pieces } from '../graph/components.ts';
import type { ProposalInput } from './input.ts';
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

/** Units joined into blocks that no search may part; the reason why where the locks contradict. */
export function joinBlocks(input: ProposalInput): Blocks | Refusal {
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
    const refusal = refuseSet(set, free, fixed);
    if (refusal) return refusal;
    const held = connected(open, set, population, find);
    if (!held) return { reason: 'together_unreachable', units: [...set] };
    for (const u of held) unite(u, set[0]!);
  }
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
      return { reason: 'together_and_apart', units: [u, v] };
    }
    if (fixed[u]! >= 0 && fixed[u] === fixed[v])
      return { reason: 'fixed_and_apart', units: [u, v] };
  }
  return { of, count, fixed, adjacency: contract(open, of, count) };
}

function refuseSet(set: readonly number[], free: Uint8Array, fixed: Int32Array): Refusal | null {
  const held = set.filter((u) => fixed[u]! >= 0);
  // A set wholly inside one fixed set is together already.
  if (held.length > 0) return { reason: 'together_and_fixed', units: [...set] };
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

/**
 * A set of units with what it takes to connect it: from its first piece, the way over the fewest
 * units to the nearest other piece, again and again. Null where there is no way.
 */
function connected(
  open: Adjacency,
  set: readonly number[],
  population: ArrayLike<number>,
  find: (u: number) => number,
): number[] | null {
  if (set.length === 0) return [];
  const { n, offsets, neighbours } = open;
  const wanted = new Set(set);
  const held = new Set<number>([set[0]!]);
  while ([...wanted].some((u) => !held.has(u))) {
    const cameFrom = new Int32Array(n).fill(-2);
    const queue = [...held].sort((p, q) => p - q);
    for (const u of queue) cameFrom[u] = -1;
    let reached = -1;
    for (let head = 0; head < queue.length && reached < 0; head++) {
      const u = queue[head]!;
      if (wanted.has(u) && !held.has(u)) {
        reached = u;
        break;
      }
      // Among units at one distance the least populated first: what is locked in weighs least.
      const next: number[] = [];
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        if (cameFrom[v] === -2) next.push(v);
      }
      next.sort((p, q) => population[p]! - population[q]! || p - q);
      for (const v of next) {
        cameFrom[v] = u;
        // A block made before is one place: to reach one of its units is to reach all.
        if (find(v) === find(u)) queue.splice(head + 1, 0, v);
        else queue.push(v);
      }
    }
    if (reached < 0) return null;
    for (let u = reached; u >= 0; u = cameFrom[u]!) held.add(u);
  }
  return [...held];
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
