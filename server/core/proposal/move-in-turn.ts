import type { Random } from '../random.ts';
import type { Partition } from './partition.ts';

/** Units drawn to make up for a move before it is taken back. */
const DRAWS = 12;

/**
 * Makes a move that the band alone stands in the way of, and another that makes up for it: out of the
 * territory it overfills, or into the one it empties. The best plans hold many territories right at
 * the floor or the ceiling; there a swap, or a chain over three territories, is all that can be done.
 *
 * @param bar the least that both moves must gain together
 * @returns whether both were made; else none is.
 */
export function moveInTurn(
  partition: Partition,
  unit: number,
  to: number,
  bar: number,
  strict: number,
  random: Random,
): boolean {
  const { label, total, size, members, ground } = partition;
  const { offsets, neighbours } = ground.adjacency;
  const from = label[unit]!;
  const first = partition.gain(unit, to) + strict * partition.relief(unit, to);
  partition.move(unit, to);
  const overfilled = total[to]! > ground.ceiling;
  const short = overfilled ? members[to]! : members[from]!;
  for (let draw = 0; draw < DRAWS; draw++) {
    const inside = short[Math.floor(random() * short.length)]!;
    const degree = offsets[inside + 1]! - offsets[inside]!;
    if (degree === 0) continue;
    const across = neighbours[offsets[inside]! + Math.floor(random() * degree)]!;
    if (label[across] === label[inside]) continue;
    const second = overfilled ? inside : across;
    const goal = overfilled ? label[across]! : from;
    if (second === unit || size[label[second]!]! <= 1) continue;
    const relief = partition.relief(second, goal);
    if (relief <= 0) continue;
    if (first + partition.gain(second, goal) + strict * relief < bar) continue;
    if (partition.clashes(second, goal) || !partition.holdsWithout(second)) continue;
    partition.move(second, goal);
    return true;
  }
  partition.move(unit, from);
  return false;
}
