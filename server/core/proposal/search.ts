import { type Random, seededRandom } from '../random.ts';
import { cross, crossingTrials, place } from './cross.ts';
import { type Drawn, draw, isBetter } from './draw.ts';
import { type Ground, groundWorth } from './ground.ts';
import { outsideOf } from './outside.ts';

/** One search, that a thread can be given as it is. */
export interface SearchJob {
  ground: Ground;
  /** territory of each unit to begin from, 0 … count − 1 */
  label: Int32Array;
  count: number;
  /** plans found before, to be crossed with what is found */
  plans: Int32Array[];
  /** draws plans of its own, from hot, which forget where they began */
  fresh: boolean;
  /** moves tried */
  trials: number;
  seed: number;
  /** safety stop; none when absent */
  milliseconds: number | null;
}

export interface SearchResult extends Drawn {
  /** the plans that were left at the end, the best among them */
  plans: Int32Array[];
}

/** Plans that a search draws at most, moves tried for each unit of one at least, and their share of all. */
const PLANS = 4;
const TRIALS_PER_UNIT = 3_500;
const DRAWN_SHARE = 0.5;

/**
 * Draws some plans (`draw`), as many as the effort is good for, and crosses pairs of them (`cross`) until it is
 * spent; a single plan takes it all. The same job gives the same answer, the clock apart.
 *
 * @param onProgress told the share done and, now and then, territories found: to be copied, they go on changing
 */
export function search(
  job: SearchJob,
  clock: () => number = () => 0,
  onProgress: (share: number, best?: Int32Array) => void = () => {},
): SearchResult {
  const { ground, label, count, trials, milliseconds } = job;
  const random = seededRandom(job.seed);
  const start = clock();
  const units = ground.adjacency.n;
  const plans = job.plans.map((known): Drawn => measured(ground, known, count));
  let used = 0;
  let hurried = false;
  const left = () => (milliseconds === null ? null : Math.max(1, milliseconds - (clock() - start)));
  const limit = (part: number) => {
    const rest = left();
    return rest === null ? null : (rest * part) / Math.max(part, trials - used);
  };
  const told = (part: number) => (share: number, best?: Int32Array) =>
    onProgress(Math.min(1, (used + share * part) / trials), best);

  const most = Math.floor((trials * DRAWN_SHARE) / (units * TRIALS_PER_UNIT));
  const drawn = job.fresh ? Math.max(1, Math.min(PLANS, most)) : 0;
  const alone = plans.length + drawn < 2;
  for (let k = 0; k < drawn; k++) {
    const part = alone ? trials : (trials * DRAWN_SHARE) / drawn;
    const one = draw(
      { ground, label, count, trials: part, fresh: true, milliseconds: limit(part) },
      random,
      clock,
      told(part),
    );
    used += part;
    hurried ||= one.hurried;
    plans.push(one);
  }
  if (plans.length === 1 && !job.fresh) {
    const [only] = plans;
    const one = draw(
      { ground, label: only!.label, count, trials, fresh: false, milliseconds: limit(trials) },
      random,
      clock,
      told(trials),
    );
    hurried = one.hurried;
    plans[0] = one;
    used = trials;
  }
  while (plans.length > 1 && trials - used >= 1) {
    // A last crossing that would be short is left to the one before.
    const fair = crossingTrials(ground);
    const part = trials - used < 2 * fair ? trials - used : fair;
    const rest = left();
    if (rest !== null && rest <= 1) {
      hurried = true;
      break;
    }
    const [first, second] = pair(plans, random);
    const parents = [plans[first]!, plans[second]!] as const;
    const child = cross(ground, count, parents, part, limit(part), random, clock, told(part));
    hurried ||= child.hurried;
    used += part;
    place(plans, child, second);
  }
  const best = plans.reduce((found, one) => (isBetter(one, found) ? one : found));
  return { ...best, hurried, plans: plans.map((plan) => plan.label) };
}

/** Two plans drawn, the better first. */
function pair(plans: readonly Drawn[], random: Random): [number, number] {
  const one = Math.floor(random() * plans.length);
  let other = Math.floor(random() * (plans.length - 1));
  if (other >= one) other++;
  return isBetter(plans[other]!, plans[one]!) ? [other, one] : [one, other];
}

function measured(ground: Ground, label: Int32Array, count: number): Drawn {
  return {
    label,
    worth: groundWorth(ground, label, count),
    outside: outsideOf(ground, label, count),
    hurried: false,
  };
}
