import type { Random } from '../random.ts';
import type { Division } from './first-division.ts';
import type { ProposalInput } from './input.ts';
import type { Plan } from './plan.ts';
import type { SearchJob, SearchResult } from './search.ts';

/** Moves tried for each unit without an effort given, and at least: about a second a region. */
const TRIALS_PER_UNIT = 6000;
const LEAST_TRIALS = 400_000;

/**
 * No more moves for each pair of units to divide: a small ground is searched to its end long before. At
 * n = 100, a fifth of that found the proven optimum for each of eight seeds.
 */
const MOST_TRIALS_PER_PAIR = 1_000;

/** Moves tried in all. */
export function effortOf({ effort, population, scope }: ProposalInput): number {
  const units = scope?.length ?? population.length;
  const wanted = effort ?? Math.max(LEAST_TRIALS, population.length * TRIALS_PER_UNIT);
  return Math.min(wanted, Math.max(LEAST_TRIALS, units * units * MOST_TRIALS_PER_PAIR));
}

/** Searches that do not depend on each other. */
export interface Round {
  jobs: SearchJob[];
  /** what the whole plan would be with the territories that one job has found so far */
  planWith(job: number, label: Int32Array): Plan;
}

/** One round, answered the results of its jobs. */
export type Rounds<T> = Generator<Round, T, SearchResult[]>;

/** What a search begins from. */
export interface Beginning {
  first: Division;
  /** the numbers of territories that may be chosen from; null: that of the division is kept */
  between: { fewest: number; most: number } | null;
  /** the division is one to be bettered, not to be forgotten */
  warm: boolean;
}

export function newSeed(random: Random): number {
  return Math.floor(random() * 2 ** 32);
}
