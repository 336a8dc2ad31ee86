import type { Adjacency } from '../graph/adjacency.ts';

/** What somebody did to a plan by hand. Units are named by index. */
export interface Touches {
  /** units put into another territory */
  changes: readonly { unit: number; territory: number }[];
  /** units that stay in the territory where they are */
  locked: readonly number[];
  /** sets of units drawn as territories */
  drawn: readonly (readonly number[])[];
  /** whether only what is beside the touches is divided anew, or everything */
  around: 'neighbours' | 'all';
}

/** Locks that hold what was touched, for a new search (`ProposalInput.locks`). */
export interface HeldTouches {
  /** the plan as touched: territory of each unit, -1: none */
  label: Int32Array;
  fixed: number[][];
  together: number[][];
  apart: [number, number][];
  /** territories that are divided anew */
  reopened: number;
}

/**
 * Locks under which a plan is searched anew around what was touched. A touched unit is held together
 * with the seat (the most populated commune of before, lowest index first) of the territory it was put into,
 * and apart from that of the territory it left; where both do not fit under the ceiling, as beside a
 * large town, that territory is held just as it now is. What was drawn is held as it is, and so are,
 * with `neighbours`, the territories that neither were touched nor touch one that was.
 *
 * The search begins from the plan as touched (`ProposalInput.start`).
 *
 * @param label territory of each unit, -1: none
 */
export function holdTouches(
  label: Int32Array,
  population: ArrayLike<number>,
  adjacency: Adjacency,
  ceiling: number,
  { changes, locked, drawn, around }: Touches,
): HeldTouches {
  const now = label.slice();
  for (const { unit, territory } of changes) now[unit] = territory;
  const inDrawn = new Uint8Array(label.length);
  for (const set of drawn) for (const u of set) inDrawn[u] = 1;
  const members = new Map<number, number[]>();
  for (let u = 0; u < now.length; u++) {
    if (now[u]! < 0 || inDrawn[u]) continue;
    const list = members.get(now[u]!) ?? [];
    members.set(now[u]!, list);
    list.push(u);
  }
  // A commune that was put there is not what others are held to: it is held itself.
  const seat = (territory: number) => {
    const all = members.get(territory) ?? [];
    const before = all.filter((u) => label[u] === territory);
    return (before.length > 0 ? before : all).reduce<number | undefined>(
      (best, u) => (best === undefined || population[u]! > population[best]! ? u : best),
      undefined,
    );
  };

  const moved = changes.filter(({ unit }) => !inDrawn[unit] && now[unit] !== label[unit]);
  const held = new Map<number, Set<number>>();
  for (const u of [...moved.map(({ unit }) => unit), ...locked]) {
    if (now[u]! < 0 || inDrawn[u]) continue;
    held.set(now[u]!, (held.get(now[u]!) ?? new Set()).add(u));
  }
  const touched = new Set<number>([...held.keys(), ...moved.map(({ unit }) => label[unit]!)]);
  for (const set of drawn) for (const u of set) touched.add(label[u]!);

  const fixed = drawn.map((set) => [...set]);
  const together: number[][] = [];
  const whole = new Set<number>();
  for (const [territory, units] of [...held].sort(([p], [q]) => p - q)) {
    const set = [...units.add(seat(territory)!)].sort((p, q) => p - q);
    const people = set.reduce((sum, u) => sum + population[u]!, 0);
    if (people > ceiling) whole.add(territory);
    else if (set.length > 1) together.push(set);
  }
  const open = around === 'all' ? null : withNeighbours(adjacency, label, now, touched);
  let reopened = 0;
  for (const [territory, units] of [...members].sort(([p], [q]) => p - q)) {
    if (whole.has(territory) || (open && !open.has(territory))) fixed.push(units);
    else reopened++;
  }
  const isFixed = new Set(fixed.flat());
  const apart = moved.flatMap(({ unit }): [number, number][] => {
    const left = seat(label[unit]!);
    return left === undefined || isFixed.has(unit) || isFixed.has(left) ? [] : [[unit, left]];
  });
  return { label: now, fixed, together, apart, reopened };
}

/** The territories touched and those beside, before the changes or after. */
function withNeighbours(
  { n, offsets, neighbours }: Adjacency,
  before: Int32Array,
  after: Int32Array,
  touched: ReadonlySet<number>,
): Set<number> {
  const open = new Set(touched);
  for (let u = 0; u < n; u++) {
    if (!touched.has(before[u]!) && !touched.has(after[u]!)) continue;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) open.add(after[neighbours[e]!]!);
  }
  return open;
}
