import type { Random } from '../random.ts';
import { isBetter } from './draw.ts';
import type { Division } from './first-division.ts';
import { type Ground, groundWorth } from './ground.ts';
import type { ProposalInput } from './input.ts';
import type { Plan } from './plan.ts';
import { type Beginning, effortOf, newSeed, type Round, type Rounds } from './rounds.ts';
import type { SearchJob, SearchResult } from './search.ts';

/** Searches that begin apart from each other; what they find is then crossed. */
const STARTS = 2;
/** Share of the effort in which the plans of all starts are crossed with each other. */
const JOINED = 0.35;
/** Share of the effort in which a few numbers of territories are tried, where their number is free. */
const CHOOSING = 0.2;

/**
 * Searches a ground of a region's size: twice from the start, then twice from the plans of both. Where
 * there are several divisions to begin from, a short search of each first tells which number of
 * territories to go on with: the one whose plan is worth most.
 */
export function* searchWhole(
  input: ProposalInput,
  ground: Ground,
  { from, warm }: Beginning,
  random: Random,
  planOf: (label: Int32Array) => Plan,
): Rounds<SearchResult> {
  const planWith = (_: number, found: Int32Array) => planOf(found);
  const job = ({ label, count }: Division, share: number, plans: Int32Array[]): SearchJob => ({
    ground,
    label,
    count,
    plans,
    fresh: plans.length === 0,
    trials: effortOf(input) * share,
    seed: newSeed(random),
    milliseconds: input.milliseconds === undefined ? null : input.milliseconds * share * STARTS,
  });
  const round = (division: Division, share: number, plans: Int32Array[]): Round => ({
    jobs: Array.from({ length: STARTS }, () => job(division, share / STARTS, plans)),
    planWith,
  });
  const asResult = ({ label, count, outside }: Division): SearchResult => ({
    ...{ label, outside, hurried: false, plans: [] },
    worth: groundWorth(ground, label, count),
  });

  let division = from[0]!;
  const results: SearchResult[] = [];
  let left = 1;
  if (from.length > 1) {
    left -= CHOOSING;
    const share = CHOOSING / from.length;
    const found = yield { jobs: from.map((one) => job(one, share, [])), planWith };
    const best = bestOf([...from.map(asResult), ...found]);
    const count = best.label.reduce((most, t) => Math.max(most, t + 1), 0);
    division = { label: best.label, count, outside: best.outside };
    results.push(...found.map((one) => ({ ...one, plans: [] })));
  }
  const alone = yield round(division, left * (1 - JOINED), warm ? [division.label] : []);
  const plans = alone.flatMap((one) => one.plans);
  const joined = yield round(division, left * JOINED, plans);
  results.push(...alone, ...joined);
  const hurried = results.some((one) => one.hurried);
  return { ...bestOf([asResult(division), ...results]), hurried };
}

/** The best, of equals the first. */
function bestOf(results: readonly SearchResult[]): SearchResult {
  return results.reduce((found, one) => (isBetter(one, found) ? one : found));
}
