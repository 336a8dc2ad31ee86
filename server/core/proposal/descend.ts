import { territoriesAround } from './around.ts';
import type { Ground } from './ground.ts';
import { Partition } from './partition.ts';
import { openWindow } from './window.ts';

/** Less is within the rounding of sums. */
const LEAST_GAIN = 1e-12;

/**
 * Makes every move of one unit that betters the plan, until none does: an annealing ends cold, not at a
 * standstill. The best move of each unit is made, territory by territory with those beside it, in order,
 * so that the same plan ends the same. A move leaves no territory in two pieces, none under the floor and none above
 * the ceiling that it joins; it may empty one of a single unit where their number is free.
 *
 * @returns territory of each unit; where one was emptied its number is left out
 */
export function descend(ground: Ground, label: Int32Array, numberIsFree: boolean): Int32Array {
  const found = label.slice();
  const { adjacency } = ground;
  const count = found.reduce((most, t) => Math.max(most, t + 1), 0);
  const members: number[][] = Array.from({ length: count }, () => []);
  found.forEach((t, u) => {
    members[t]!.push(u);
  });
  const place = new Int32Array(found.length).fill(-1);
  const waiting = Uint8Array.from(members, (units) => (units.length > 0 ? 1 : 0));
  for (let left = true; left; ) {
    left = false;
    for (let t = 0; t < count; t++) {
      if (waiting[t] === 0 || members[t]!.length === 0) continue;
      waiting[t] = 0;
      const around = territoriesAround(adjacency, found, members, [t], 1, count);
      const window = openWindow(ground, found, around, place);
      const inside = new Partition(window.ground, window.label, window.count);
      if (!leave(inside, around.indexOf(t), numberIsFree)) continue;
      left = true;
      for (const one of around) {
        members[one] = [];
        waiting[one] = 1;
      }
      window.units.forEach((u, k) => {
        found[u] = around[window.label[k]!]!;
        members[found[u]!]!.push(u);
      });
      // What is beside a territory that changed can gain from it as well.
      for (const one of around) {
        for (const u of members[one]!) {
          for (let e = adjacency.offsets[u]!; e < adjacency.offsets[u + 1]!; e++) {
            waiting[found[adjacency.neighbours[e]!]!] = 1;
          }
        }
      }
    }
  }
  return found;
}

/** Moves units of a territory into those beside while that gains; whether any moved. */
function leave(partition: Partition, territory: number, mayEmpty: boolean): boolean {
  const { offsets, neighbours } = partition.ground.adjacency;
  let moved = false;
  for (let again = true; again; ) {
    again = false;
    for (const unit of [...partition.members[territory]!].sort((u, v) => u - v)) {
      let best = LEAST_GAIN;
      let to = -1;
      for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
        const beside = partition.label[neighbours[e]!]!;
        if (beside === territory || beside === to) continue;
        if (!fits(partition, unit, beside, mayEmpty)) continue;
        const gain = gainOf(partition, unit, beside);
        if (gain > best && !partition.clashes(unit, beside)) {
          best = gain;
          to = beside;
        }
      }
      if (to < 0 || !partition.holdsWithout(unit)) continue;
      partition.move(unit, to);
      moved = true;
      again = true;
    }
  }
  return moved;
}

function fits(
  { ground, label, total, size }: Partition,
  unit: number,
  to: number,
  mayEmpty: boolean,
) {
  const from = label[unit]!;
  const people = ground.population[unit]!;
  if (total[to]! + people > ground.ceiling) return false;
  return size[from] === 1 ? mayEmpty : total[from]! - people >= ground.floor;
}

/** A territory that is emptied no longer misses the target. */
function gainOf(partition: Partition, unit: number, to: number): number {
  const { targetWeight, target } = partition.ground;
  const emptied = partition.size[partition.label[unit]!] === 1;
  return partition.gain(unit, to) + (emptied ? targetWeight * target ** 2 : 0);
}
