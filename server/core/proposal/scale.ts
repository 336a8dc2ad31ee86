import type { Ground } from './ground.ts';

/** Yardsticks of a search, so that its settings hold for any ground and any weights. */
export function scaleOf({ ties, population, adjacency }: Ground): {
  /** mean worth of a unit's ties, each tie counted once: the unit of temperatures */
  tie: number;
  /** worth of all ties for each inhabitant: the unit of what it costs to be outside the band */
  strict: number;
} {
  let worth = 0;
  for (const one of ties.worth) worth += one / 2;
  let people = 0;
  for (const one of population) people += one;
  // Without any tie, whatever is positive will do: all plans are worth the same.
  if (!(worth > 0)) worth = 1;
  return { tie: worth / Math.max(1, adjacency.n), strict: worth / Math.max(1, people) };
}
