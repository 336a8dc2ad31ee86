import { pieces } from '../graph/components.ts';
import type { Random } from '../random.ts';
import { agglomerate } from './agglomerate.ts';
import { contractGround } from './contract.ts';
import type { Ground } from './ground.ts';
import { mend } from './mend.ts';

/** A division of the ground into territories, to search from. */
export interface Division {
  /** territory of each unit, 0 … count − 1 */
  label: Int32Array;
  count: number;
  /** how far the territories are from the band (`Partition.outside`) */
  outside: number;
}

/** Numbers tried, all over what can be, where that of agglomeration leaves territories outside the band. */
const SPREAD = 8;
/** Numbers tried beside the best of those. */
const NEIGHBOURS = [-1, 1, -2, 2];

/**
 * A division of so many territories, or of as many as agglomeration comes to, in the band if quick
 * means find one.
 *
 * @param onWork told now and then that it is at work
 * @param budget moves tried at most to bring it into the band, about
 */
export function divide(
  ground: Ground,
  wanted: number | null,
  random: Random,
  onWork: () => void,
  budget: number,
): Division {
  let label = agglomerate(ground, wanted);
  let count = countOf(label);
  if (wanted !== null && count > wanted) {
    // Greedy unions end before the number is reached: go over the ceiling, and mend.
    label = agglomerate({ ...ground, ceiling: Number.POSITIVE_INFINITY }, wanted);
    count = countOf(label);
  }
  return { label, count, outside: mend(ground, label, count, random, onWork, budget) };
}

/**
 * The division nearest to the band of some numbers of territories between two, where the first one that
 * was found is outside it: unions that greedy steps made then fit no other number beside. Numbers all
 * over what can be are tried, then those beside the best of them.
 *
 * @param budget moves tried at most for all of them
 */
export function nearestDivision(
  ground: Ground,
  first: Division,
  { fewest, most }: { fewest: number; most: number },
  random: Random,
  onWork: () => void,
  budget: number,
): Division {
  let best = first;
  const tried = new Set([first.count]);
  const attempt = (count: number): void => {
    if (count < fewest || count > most || tried.has(count) || best.outside === 0) return;
    tried.add(count);
    const share = budget / (SPREAD + NEIGHBOURS.length);
    const other = divide(ground, count, random, onWork, share);
    if (other.count === count && other.outside < best.outside) best = other;
  };
  const step = Math.max(1, (most - fewest) / (SPREAD - 1));
  for (let count = fewest; count <= most; count += step) attempt(Math.round(count));
  const { count: middle } = best;
  for (const change of NEIGHBOURS) attempt(middle + change);
  return best;
}

/**
 * The division nearest to one of before: its territories as they are, in their pieces where they are
 * in several, joined like single units until there are as many as wanted or none is under the floor.
 * Where they are fewer than wanted, there is no such division: null.
 *
 * @param before territory of each unit, -1: a unit in none; pairs to keep apart are taken out of it
 */
export function divideAsBefore(
  ground: Ground,
  before: Int32Array,
  wanted: number | null,
  random: Random,
  onWork: () => void,
  budget: number,
): Division | null {
  const alone = before.reduce((most, t) => Math.max(most, t), -1) + 1;
  const group = before.map((t, u) => (t < 0 || clashes(ground, before, u) ? alone + u : t));
  const { of: cell, count: cells } = pieces(ground.adjacency, group);
  if (wanted !== null && cells < wanted) return null;
  const coarse = contractGround(ground, cell, cells);
  const joined = agglomerate(coarse, wanted);
  const count = countOf(joined);
  if (wanted !== null && count > wanted) return null;
  const label = cell.map((c) => joined[c]!);
  return { label, count, outside: mend(ground, label, count, random, onWork, budget) };
}

/** Whether a unit shares its territory with a lower one that it must be apart from. */
function clashes({ apart }: Ground, label: Int32Array, unit: number): boolean {
  for (let e = apart.offsets[unit]!; e < apart.offsets[unit + 1]!; e++) {
    const other = apart.others[e]!;
    if (other < unit && label[other] === label[unit]) return true;
  }
  return false;
}

function countOf(label: Int32Array): number {
  return label.reduce((most, t) => Math.max(most, t + 1), 0);
}
