import type { Random } from '../random.ts';
import type { Partition } from './partition.ts';
import { cutByTree } from './tree-cut.ts';

/** Trees drawn for one union before another is tried. */
const ATTEMPTS = 12;
/** Unions of three territories tried before giving up. */
const TRIPLES = 40;

/**
 * Brings territories under the floor into the band, the least populated first. Units are taken from
 * neighbours that can spare them; else the territory is merged with one neighbour, then with two,
 * and the union is cut anew along spanning trees: into as many territories, or into one less.
 *
 * @returns how many territories remain under the floor.
 */
export function repairUnderFloor(partition: Partition, random: Random): number {
  const { floor } = partition.land;
  const under = [...partition.total.keys()].filter(
    (t) => partition.size[t]! > 0 && partition.total[t]! < floor,
  );
  under.sort((p, q) => partition.total[p]! - partition.total[q]! || p - q);
  let remaining = 0;
  for (const territory of under) {
    if (partition.size[territory] === 0 || partition.total[territory]! >= floor) continue;
    if (takeFromNeighbours(partition, territory)) continue;
    if (!recutWithNeighbours(partition, territory, random)) remaining++;
  }
  return remaining;
}

/**
 * Takes units from neighbouring territories that stay in one piece and above the floor without them,
 * the one that keeps the most flow inside first (then the lower unit).
 */
function takeFromNeighbours(partition: Partition, territory: number): boolean {
  const { population, adjacency, floor, ceiling } = partition.land;
  const { offsets, neighbours } = adjacency;
  const own = partition.members(territory);
  while (partition.total[territory]! < floor) {
    let best = -1;
    let bestGain = -Infinity;
    const seen = new Set<number>();
    for (const u of own) {
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbours[e]!;
        const donor = partition.label[v]!;
        const people = population[v]!;
        if (donor < 0 || donor === territory || people === 0 || seen.has(v)) continue;
        seen.add(v);
        if (partition.total[donor]! - people < floor) continue;
        if (partition.total[territory]! + people > ceiling) continue;
        const gain = partition.gain(v, territory);
        if (gain < bestGain || (gain === bestGain && v > best)) continue;
        if (!partition.holdsWithout(v)) continue;
        best = v;
        bestGain = gain;
      }
    }
    if (best < 0) return false;
    partition.move(best, territory);
    own.push(best);
  }
  return true;
}

function recutWithNeighbours(partition: Partition, territory: number, random: Random): boolean {
  const around = partition.around(partition.members(territory));
  for (const neighbour of around) {
    if (recut(partition, [territory, neighbour], random)) return true;
  }
  const tried = new Set<string>();
  for (const first of around) {
    for (const second of partition.around(partition.members(territory, first))) {
      const union = [territory, ...[first, second].sort((p, q) => p - q)];
      const name = union.join();
      if (tried.has(name) || tried.size >= TRIPLES) continue;
      tried.add(name);
      if (recut(partition, union, random)) return true;
    }
  }
  return false;
}

/** Divides the union of some territories anew into territories that are all in the band. */
function recut(partition: Partition, union: number[], random: Random): boolean {
  const { land } = partition;
  const units = partition.members(...union);
  for (const parts of [union.length, union.length - 1]) {
    const sets = cutByTree(land, units, parts, ATTEMPTS, random);
    if (!sets) continue;
    sets.forEach((set, k) => {
      for (const u of set) if (partition.label[u] !== union[k]) partition.move(u, union[k]!);
    });
    return true;
  }
  return false;
}
