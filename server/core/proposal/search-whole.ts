import type { Random } from '../random.ts';
import { chooseNumber } from './choose-number.ts';
import { isBetter } from './draw.ts';
import { type Division, divide } from './first-division.ts';
import { type Ground, groundWorth } from './ground.ts';
import type { ProposalInput } from './input.ts';
import type { Plan } from './plan.ts';
import { type Beginning, effortOf, newSeed, type Round, type Rounds } from './rounds.ts';
import type { SearchJob, SearchResult } from './search.ts';

/** Searches that begin apart from each other; what they find is then crossed. */
const STARTS = 2;
/** Share of the effort in which the plans of all starts are crossed with each other. */
const JOINED = 0.35;
/** Moves tried to bring a division into the band before a short search of it, as a share of that search. */
const MENDING = 0.5;

/**
 * Searches a ground of a region's size: twice from the start, then twice from the plans of both. Where
 * how many territories there are is free, their number is chosen first (`chooseNumber`), and the plans of
 * that number that were found on the way are crossed with the others.
 */
export function* searchWhole(
  input: ProposalInput,
  ground: Ground,
  { first, between, warm }: Beginning,
  random: Random,
  planOf: (label: Int32Array) => Plan,
  onWork: () => void,
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

  let division = first;
  let left = 1;
  const results: SearchResult[] = [];
  if (between) {
    const tried = yield* chooseNumber(
      ground,
      first,
      between,
      (count, share) => {
        const budget = effortOf(input) * share * MENDING;
        return divide(ground, count, random, onWork, budget);
      },
      (divisions, share) => ({ jobs: divisions.map((one) => job(one, share, [])), planWith }),
    );
    division = tried.division;
    left -= tried.spent;
    results.push(...tried.found);
  }
  const known = results.map((one) => one.label);
  const { label, count, outside } = division;
  const begun = { label, worth: groundWorth(ground, label, count), outside };
  if (count > 1) {
    const alone = yield round(division, left * (1 - JOINED), warm ? [label] : []);
    const plans = alone.flatMap((one) => one.plans);
    const joined = yield round(division, left * JOINED, [...plans, ...known]);
    results.push(...alone, ...joined);
  }
  const hurried = results.some((one) => one.hurried);
  return { ...bestOf([{ ...begun, hurried, plans: [] }, ...results]), hurried };
}

/** The best, of equals the first. */
function bestOf(results: readonly SearchResult[]): SearchResult {
  return results.reduce((found, one) => (isBetter(one, found) ? one : found));
}
