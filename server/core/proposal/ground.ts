import type { Adjacency } from '../graph/adjacency.ts';
import type { Ties } from './ties.ts';

/**
 * What a search divides into territories, and by which rules. Its units are blocks: a commune, or
 * several that are locked together.
 */
export interface Ground {
  /** inhabitants of each unit */
  population: Float64Array;
  /** poles among each unit's communes */
  poles: Int32Array;
  adjacency: Adjacency;
  ties: Ties;
  /** units that may not share a territory, in sparse rows, once in each direction */
  apart: { offsets: Int32Array; others: Int32Array };
  /** band of populations, inhabitants, both ends included */
  floor: number;
  ceiling: number;
  /**
   * no number of territories has room between floor and ceiling: as few as can be are then short,
   * rather than all a little
   */
  fewShort: boolean;
  /** what each (inhabitant from the target)² of a territory costs */
  targetWeight: number;
  /** inhabitants */
  target: number;
  /** what each pole beyond the first of a territory costs */
  poleWeight: number;
}

/**
 * What a division of the ground is worth: ties inside its territories, less what it costs to miss
 * the target and to have several poles in one. The band is not in it.
 */
export function groundWorth(ground: Ground, label: Int32Array, count: number): number {
  const { population, poles, ties, targetWeight, target, poleWeight } = ground;
  const total = new Float64Array(count);
  const inside = new Int32Array(count);
  let worth = 0;
  for (let u = 0; u < label.length; u++) {
    total[label[u]!]! += population[u]!;
    inside[label[u]!]! += poles[u]!;
    for (let e = ties.offsets[u]!; e < ties.offsets[u + 1]!; e++) {
      const v = ties.others[e]!;
      if (v > u && label[v] === label[u]) worth += ties.worth[e]!;
    }
  }
  for (let t = 0; t < count; t++) {
    worth -= targetWeight * (total[t]! - target) ** 2;
    worth -= poleWeight * Math.max(0, inside[t]! - 1);
  }
  return worth;
}
