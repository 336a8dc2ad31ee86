import type { Random } from '../random.ts';
import type { Land } from './partition.ts';

/** How many of the best cuts of one tree are followed when more than two parts are wanted. */
const FOLLOWED = 4;

/**
 * Divides a connected set of units into `parts` connected sets that are each in the band, by the
 * idea of ReCom (DeFord, Duchin, Solomon, "Recombination", Harvard Data Science Review 3.1, 2021):
 * draw a random spanning tree, take out an edge, go on in the larger side. Trees are drawn to
 * follow the exchanges, and of the edges that fit the one that cuts the least exchange is taken.
 *
 * @returns the parts, each ascending, or null when none of `attempts` trees gave a division.
 */
export function cutByTree(
  land: Land,
  units: readonly number[],
  parts: number,
  attempts: number,
  random: Random,
): number[][] | null {
  const people = units.reduce((sum, u) => sum + land.population[u]!, 0);
  if (people < parts * land.floor || people > parts * land.ceiling) return null;
  if (parts === 1) return [[...units]];
  const place = new Map(units.map((u, k) => [u, k]));
  for (let attempt = 0; attempt < attempts; attempt++) {
    const tree = spanningTree(land, units, place, random);
    const cuts = fittingCuts(land, units, place, tree, parts);
    for (const { side, rest } of cuts.slice(0, parts === 2 ? 1 : FOLLOWED)) {
      const others = cutByTree(land, rest, parts - 1, Math.ceil(attempts / 2), random);
      if (others) return [side, ...others];
    }
  }
  return null;
}

interface Tree {
  /** places in the order they joined, parents first */
  order: Int32Array;
  /** place of the parent of each place; -1 at the root */
  parent: Int32Array;
}

/** Prim's algorithm on random weights that grow with the exchange along the edge. */
function spanningTree(
  land: Land,
  units: readonly number[],
  place: ReadonlyMap<number, number>,
  random: Random,
): Tree {
  const { offsets, neighbours } = land.adjacency;
  const size = units.length;
  const parent = new Int32Array(size).fill(-1);
  const weight = new Float64Array(size).fill(-1);
  const joined = new Uint8Array(size);
  const order = new Int32Array(size);
  let at = Math.floor(random() * size);
  for (let k = 0; k < size; k++) {
    joined[at] = 1;
    order[k] = at;
    const u = units[at]!;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const other = place.get(neighbours[e]!);
      if (other === undefined || joined[other]) continue;
      const drawn = random() * (1 + exchanged(land, u, neighbours[e]!));
      if (drawn <= weight[other]!) continue;
      weight[other] = drawn;
      parent[other] = at;
    }
    let best = -1;
    for (let other = 0; other < size; other++) {
      if (joined[other] || weight[other]! < 0) continue;
      if (best < 0 || weight[other]! > weight[best]!) best = other;
    }
    if (best < 0 && k + 1 < size) {
      throw new RangeError(`expected connected units, got ${k + 1} of ${size} in one piece`);
    }
    at = best;
  }
  return { order, parent };
}

/** Edges of the tree whose lower side is in the band and leaves enough, not too much, for the rest. */
function fittingCuts(
  land: Land,
  units: readonly number[],
  place: ReadonlyMap<number, number>,
  { order, parent }: Tree,
  parts: number,
): { side: number[]; rest: number[]; lost: number }[] {
  const below = Float64Array.from(units, (u) => land.population[u]!);
  for (let k = order.length - 1; k > 0; k--) below[parent[order[k]!]!]! += below[order[k]!]!;
  const whole = below[order[0]!]!;
  const fits = (people: number, wanted: number) =>
    people >= wanted * land.floor && people <= wanted * land.ceiling;

  const cuts: { side: number[]; rest: number[]; lost: number }[] = [];
  const inside = new Uint8Array(units.length);
  for (let k = 1; k < order.length; k++) {
    const root = order[k]!;
    const people = below[root]!;
    const one = fits(people, 1) && fits(whole - people, parts - 1);
    const other = fits(whole - people, 1) && fits(people, parts - 1);
    if (!one && !other) continue;
    inside.fill(0);
    inside[root] = 1;
    for (let l = k + 1; l < order.length; l++) {
      if (inside[parent[order[l]!]!]) inside[order[l]!] = 1;
    }
    const lower = units.filter((_, at) => inside[at]);
    const upper = units.filter((_, at) => !inside[at]);
    const lost = lostExchange(land, units, place, inside);
    cuts.push(one ? { side: lower, rest: upper, lost } : { side: upper, rest: lower, lost });
  }
  return cuts.sort((p, q) => p.lost - q.lost || p.side[0]! - q.side[0]!);
}

function lostExchange(
  land: Land,
  units: readonly number[],
  place: ReadonlyMap<number, number>,
  inside: Uint8Array,
): number {
  const { offsets, destinations, patients } = land.exchange;
  let lost = 0;
  for (let at = 0; at < units.length; at++) {
    if (!inside[at]) continue;
    const u = units[at]!;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const other = place.get(destinations[e]!);
      if (other !== undefined && !inside[other]) lost += patients[e]!;
    }
  }
  return lost;
}

/** Patients a year between two units, by binary search in the row of the first. */
function exchanged({ exchange }: Land, u: number, v: number): number {
  const { offsets, destinations, patients } = exchange;
  let low = offsets[u]!;
  let high = offsets[u + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (destinations[middle]! < v) low = middle + 1;
    else high = middle;
  }
  return low < offsets[u + 1]! && destinations[low] === v ? patients[low]! : 0;
}
