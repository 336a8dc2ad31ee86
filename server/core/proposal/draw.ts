import type { Random } from '../random.ts';
import { anneal } from './anneal.ts';
import { type Ground, groundWorth } from './ground.ts';
import { Partition } from './partition.ts';
import { reshape } from './reshape.ts';
import { scaleOf } from './scale.ts';

/** How long to search, and from where. */
export interface DrawJob {
  ground: Ground;
  /** territory of each unit to begin from, 0 … count − 1 */
  label: Int32Array;
  count: number;
  /** moves tried */
  trials: number;
  /** begins by annealing the whole ground from hot, which forgets where it began */
  fresh: boolean;
  /** safety stop; none when absent */
  milliseconds: number | null;
}

/** A division of a ground. */
export interface Drawn {
  label: Int32Array;
  /** worth of the division (`groundWorth`) */
  worth: number;
  /** inhabitants between the territories and the band (`Partition.outside`) */
  outside: number;
  /** the safety stop came before the moves were all tried */
  hurried: boolean;
}

/** Moves tried for each unit by the annealing of the whole ground, and at most so much of the effort. */
const WHOLE_TRIALS_PER_UNIT = 8_000;
const WHOLE_SHARE = 0.3;
/** Milliseconds that a search may be late before it shortens: its first moves are slow, until V8 has compiled them. */
const GRACE = 100;
const HOT = 1;
const COLD = 0.01;

/**
 * Anneals the whole ground, then windows of it (`reshape`) until the effort is spent. With a clock and
 * a safety stop, an annealing that falls behind is shortened so that it still cools to its end.
 *
 * @param onProgress told the share done and, once windows are annealed, the best territories so far:
 *   to be copied, they go on changing
 */
export function draw(
  job: DrawJob,
  random: Random,
  clock: () => number,
  onProgress: (share: number, best?: Int32Array) => void,
): Drawn {
  const { ground, count, trials, milliseconds } = job;
  const start = clock();
  const spent = () => (milliseconds === null ? 0 : (clock() - start) / milliseconds);
  const isLate = (share: number) =>
    milliseconds !== null && clock() - start > share * milliseconds + GRACE;
  const { tie, strict } = scaleOf(ground);
  const partition = new Partition(ground, job.label.slice(), count);
  let hurried = false;
  let used = 0;
  if (job.fresh) {
    used = Math.min(ground.adjacency.n * WHOLE_TRIALS_PER_UNIT, trials * WHOLE_SHARE);
    const part = used / trials;
    anneal(
      partition,
      {
        trials: used,
        from: HOT * tie,
        to: COLD * tie,
        strictFrom: 0.5 * strict,
        strictTo: 10 * strict,
      },
      random,
      (share) => {
        onProgress(share * part);
        if (!isLate(share * part)) return 1;
        hurried = true;
        const behind = spent() / (share * part);
        // What is left of the time over what is left to do at the pace so far.
        return Math.max(0.01, (part - spent()) / (part * (1 - share)) / behind);
      },
    );
  }
  reshape(partition, trials - used, random, (more) => {
    onProgress(Math.min(1, (used + more) / trials), partition.label);
    if (!isLate(1)) return true;
    if (used + more < trials) hurried = true;
    return false;
  });
  const { label } = partition;
  return { label, worth: groundWorth(ground, label, count), outside: partition.outside(), hurried };
}

/** Whether one result comes before another: nearer to the band, then worth more. */
export function isBetter(one: Drawn, other: Drawn): boolean {
  if (one.outside !== other.outside) return one.outside < other.outside;
  return one.worth > other.worth;
}
