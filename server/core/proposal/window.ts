import type { Adjacency } from '../graph/adjacency.ts';
import type { Ground } from './ground.ts';
import type { Ties } from './ties.ts';

/**
 * Some whole territories of a plan as a ground of their own. Ties that leave it are dropped: they
 * stay cut whatever is done inside, so what is gained in the window is gained in the plan.
 */
export interface Window {
  ground: Ground;
  /** territory of each of its units, 0 … count − 1 */
  label: Int32Array;
  count: number;
  /** the unit of the plan that each of its units is, ascending */
  units: Int32Array;
  /** the territory of the plan that each of its territories is */
  territories: Int32Array;
}

/** @param place room for one integer a unit of the plan, all -1, left so. */
export function openWindow(
  ground: Ground,
  label: Int32Array,
  territories: readonly number[],
  place: Int32Array,
): Window {
  const local = new Map(territories.map((t, k) => [t, k]));
  const found: number[] = [];
  for (let u = 0; u < label.length; u++) {
    if (!local.has(label[u]!)) continue;
    place[u] = found.length;
    found.push(u);
  }
  const units = Int32Array.from(found);
  const window: Window = {
    ground: {
      ...ground,
      population: Float64Array.from(units, (u) => ground.population[u]!),
      poles: Int32Array.from(units, (u) => ground.poles[u]!),
      adjacency: cutAdjacency(ground.adjacency, units, place),
      ties: cutTies(ground.ties, units, place),
      apart: cutRows(ground.apart.offsets, ground.apart.others, units, place),
    },
    label: Int32Array.from(units, (u) => local.get(label[u]!)!),
    count: territories.length,
    units,
    territories: Int32Array.from(territories),
  };
  for (const u of units) place[u] = -1;
  return window;
}

function cutRows(offsets: Int32Array, others: Int32Array, units: Int32Array, place: Int32Array) {
  const kept = new Int32Array(units.length + 1);
  const ends: number[] = [];
  for (let k = 0; k < units.length; k++) {
    const u = units[k]!;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const at = place[others[e]!]!;
      if (at >= 0) ends.push(at);
    }
    kept[k + 1] = ends.length;
  }
  return { offsets: kept, others: Int32Array.from(ends) };
}

function cutAdjacency(whole: Adjacency, units: Int32Array, place: Int32Array): Adjacency {
  const { offsets, others } = cutRows(whole.offsets, whole.neighbours, units, place);
  const lengthsM = keptValues(
    whole.offsets,
    whole.neighbours,
    whole.lengthsM,
    units,
    place,
    others,
  );
  return { n: units.length, offsets, neighbours: others, lengthsM };
}

function cutTies(whole: Ties, units: Int32Array, place: Int32Array): Ties {
  const { offsets, others } = cutRows(whole.offsets, whole.others, units, place);
  const worth = keptValues(whole.offsets, whole.others, whole.worth, units, place, others);
  return { n: units.length, offsets, others, worth };
}

function keptValues(
  offsets: Int32Array,
  ends: Int32Array,
  values: Float64Array,
  units: Int32Array,
  place: Int32Array,
  kept: Int32Array,
): Float64Array {
  const result = new Float64Array(kept.length);
  let at = 0;
  for (const u of units) {
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      if (place[ends[e]!]! >= 0) result[at++] = values[e]!;
    }
  }
  return result;
}
