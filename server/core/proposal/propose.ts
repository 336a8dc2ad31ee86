import type { BandReason } from '../../contracts/proposals.ts';
import { checkBand } from '../indicators/band.ts';
import { type Random, seededRandom } from '../random.ts';
import { agglomerate } from './agglomerate.ts';
import { membersOf } from './around.ts';
import { isBetter } from './draw.ts';
import { type Ground, groundWorth } from './ground.ts';
import type { ProposalInput } from './input.ts';
import { mend } from './mend.ts';
import { outsideOf } from './outside.ts';
import { divideInParts } from './parts.ts';
import { measurePlan, type Plan } from './plan.ts';
import type { Refusal } from './refusal.ts';
import { type SearchJob, type SearchResult, search } from './search.ts';
import { type Settled, settle } from './settle.ts';
import { openWindow } from './window.ts';

/** Moves tried for each unit without an effort given, and at least: about a second a region. */
const TRIALS_PER_UNIT = 6000;
const LEAST_TRIALS = 400_000;
/** Searches of a small ground that begin apart from each other; what they find is then crossed. */
const STARTS = 2;
/** Share of the effort in which the plans of all starts are crossed with each other. */
const JOINED = 0.35;
/** Units of a ground that is searched in parts. */
const LARGE = 6000;
/** How the effort goes to the rounds of a large ground. */
const ROUNDS = [0.4, 0.2, 0.2, 0.2];

/** A plan, or why there can be none. */
export type Outcome = { plan: Plan } | { refusal: Refusal };

/**
 * Proposes territories: every unit of the scope in one, each connected, each in the band wherever the
 * units and locks allow it, worth as much as the effort finds. What can't be in the band is set apart
 * (`settle`); the rest is agglomerated from the smallest, mended where it is outside the band, and
 * searched (`search`): twice over where it is small, then from what both found; in parts where it is large.
 *
 * All searches run here, one after the other; `proposal` lets a caller run them at the same time.
 *
 * @throws RangeError when the columns differ in length, a population is not a count, a unit named is
 * none, the band is inverted or the seed is out of its domain.
 */
export function propose(input: ProposalInput, clock?: () => number): Outcome {
  const { onProgress = () => {} } = input;
  const steps = proposal(input);
  let done = 0;
  const all = effortOf(input);
  let step = steps.next();
  while (!step.done) {
    const results = step.value.jobs.map((job) => {
      const result = search(job, clock, (share) =>
        onProgress(Math.min(1, (done + share * job.trials) / all)),
      );
      done += job.trials;
      return result;
    });
    step = steps.next(results);
  }
  onProgress(1);
  return step.value;
}

/** Moves tried in all. */
export function effortOf({ effort, population }: ProposalInput): number {
  return effort ?? Math.max(LEAST_TRIALS, population.length * TRIALS_PER_UNIT);
}

/** Searches that do not depend on each other. */
export interface Round {
  jobs: SearchJob[];
  /** what the whole plan would be with the territories that one job has found so far */
  planWith(job: number, label: Int32Array): Plan;
}

/**
 * The steps of a proposal. Each yields searches that do not depend on each other and is answered their
 * results, in order, whoever ran them and however many at a time: the plan is the same.
 */
export function* proposal(input: ProposalInput): Generator<Round, Outcome, SearchResult[]> {
  checkInput(input);
  const settled = settle(input);
  if ('reason' in settled) return { refusal: settled };
  const { ground } = settled;
  const random = seededRandom(input.seed);
  const first = firstDivision(ground, settled.wanted, random);
  let hurried = false;
  let { label } = first;
  if (first.count > 1) {
    const planOf = (found: Int32Array) => measure(input, settled, found, false);
    const searched =
      ground.adjacency.n > LARGE
        ? yield* searchParts(input, ground, first, random, planOf)
        : yield* searchWhole(input, ground, first, random, planOf);
    label = searched.label;
    hurried = searched.hurried;
    if (searched.outside > 0) mend(ground, label, first.count, random);
  }
  return { plan: measure(input, settled, keepCeiling(ground, label), hurried) };
}

interface Division {
  label: Int32Array;
  count: number;
  /** inhabitants outside the band */
  outside: number;
}

/** A division to begin from, in the band if quick means find one. */
function firstDivision(ground: Ground, wanted: number | null, random: Random): Division {
  const first = divided(ground, wanted, random);
  if (wanted !== null || first.outside === 0) return first;
  // How many there should be is free: one more or less may fit where this number does not.
  let best = first;
  for (const change of [-1, 1, -2, 2]) {
    const count = first.count + change;
    if (count < 1 || count > ground.adjacency.n) continue;
    const other = divided(ground, count, random);
    if (other.outside < best.outside) best = other;
  }
  return best;
}

function divided(ground: Ground, wanted: number | null, random: Random): Division {
  let label = agglomerate(ground, wanted);
  let count = label.reduce((most, t) => Math.max(most, t + 1), 0);
  if (wanted !== null && count > wanted) {
    // Greedy unions end before the number is reached: go over the ceiling, and mend.
    label = agglomerate({ ...ground, ceiling: Number.POSITIVE_INFINITY }, wanted);
    count = label.reduce((most, t) => Math.max(most, t + 1), 0);
  }
  return { label, count, outside: mend(ground, label, count, random) };
}

function* searchWhole(
  input: ProposalInput,
  ground: Ground,
  { label, count, outside }: Division,
  random: Random,
  planOf: (label: Int32Array) => Plan,
): Generator<Round, SearchResult, SearchResult[]> {
  const planWith = (_: number, found: Int32Array) => planOf(found);
  const jobs = (share: number, plans: Int32Array[]) =>
    Array.from({ length: STARTS }, () => ({
      ground,
      label,
      count,
      plans,
      fresh: plans.length === 0,
      trials: (effortOf(input) * share) / STARTS,
      seed: newSeed(random),
      milliseconds: input.milliseconds === undefined ? null : input.milliseconds * share,
    }));
  const alone = yield { jobs: jobs(1 - JOINED, []), planWith };
  const joined = yield {
    jobs: jobs(
      JOINED,
      alone.flatMap(({ plans }) => plans),
    ),
    planWith,
  };
  const worth = groundWorth(ground, label, count);
  const start: SearchResult = { label, worth, outside, hurried: false, plans: [] };
  const results = [...alone, ...joined];
  const best = results.reduce((found, one) => (isBetter(one, found) ? one : found), start);
  return { ...best, hurried: results.some(({ hurried }) => hurried) };
}

function* searchParts(
  input: ProposalInput,
  ground: Ground,
  first: Division,
  random: Random,
  planOf: (label: Int32Array) => Plan,
): Generator<Round, SearchResult, SearchResult[]> {
  const { count } = first;
  const n = ground.adjacency.n;
  const label = first.label.slice();
  const place = new Int32Array(n).fill(-1);
  let hurried = false;
  let part: Int32Array | null = null;
  for (const [round, share] of ROUNDS.entries()) {
    part = divideInParts(ground, label, count, part);
    const parts = part.reduce((most, p) => Math.max(most, p + 1), 0);
    const windows = membersOf(part, parts).map((territories) =>
      openWindow(ground, label, territories, place),
    );
    const jobs = windows.map((window) => ({
      ground: window.ground,
      label: window.label,
      count: window.count,
      plans: round === 0 ? [] : [window.label],
      trials: (effortOf(input) * share * window.units.length) / n,
      fresh: round === 0,
      seed: newSeed(random),
      milliseconds: input.milliseconds
        ? (input.milliseconds * share * window.units.length * STARTS) / n
        : null,
    }));
    const soFar = label.slice();
    const planWith = (job: number, found: Int32Array) => {
      windows[job]!.units.forEach((u, at) => {
        soFar[u] = windows[job]!.territories[found[at]!]!;
      });
      return planOf(soFar);
    };
    const results = yield { jobs, planWith };
    results.forEach((result, k) => {
      const window = windows[k]!;
      const { ground: inside, label: was } = window;
      const before = {
        label: was,
        worth: groundWorth(inside, was, window.count),
        outside: outsideOf(inside, was, window.count),
        hurried: false,
      };
      hurried ||= result.hurried;
      if (isBetter(before, result)) return;
      window.units.forEach((u, at) => {
        label[u] = window.territories[result.label[at]!]!;
      });
    });
  }
  const worth = groundWorth(ground, label, count);
  return { label, worth, outside: outsideOf(ground, label, count), hurried, plans: [] };
}

/** The ceiling is never exceeded: where no division of that number keeps it, one of more does. */
function keepCeiling(ground: Ground, label: Int32Array): Int32Array {
  const total = new Map<number, number>();
  for (let u = 0; u < label.length; u++) {
    total.set(label[u]!, (total.get(label[u]!) ?? 0) + ground.population[u]!);
  }
  for (const people of total.values())
    if (people > ground.ceiling) return agglomerate(ground, null);
  return label;
}

function measure(
  input: ProposalInput,
  { apart, of, reasons, piece, hopeless, ground }: Settled,
  label: Int32Array,
  hurried: boolean,
): Plan {
  const { floor, ceiling } = input;
  const names = apart.reduce((most, name) => Math.max(most, name + 1), 0);
  const given = apart.map((name, u) => (name === -1 ? names + label[of[u]!]! : name));
  const hopelessLabels = new Set<number>();
  let reachable = 0;
  for (let u = 0; u < label.length; u++) {
    if (hopeless.has(piece[u]!)) hopelessLabels.add(names + label[u]!);
    else reachable += ground.population[u]!;
  }
  const fixed = new Map<number, number>();
  for (let u = 0; u < apart.length; u++) {
    if (apart[u]! < 0 || reasons.has(apart[u]!)) continue;
    fixed.set(apart[u]!, (fixed.get(apart[u]!) ?? 0) + input.population[u]!);
  }
  for (const people of fixed.values()) {
    if (people >= floor && people <= ceiling) reachable += people;
  }
  const reasonOf = (name: number): BandReason => {
    if (name < names) return reasons.get(name) ?? 'fixed';
    return hopelessLabels.has(name) ? 'no_count_fits' : 'not_found';
  };
  return measurePlan(input, given, reachable, reasonOf, hurried);
}

function newSeed(random: Random): number {
  return Math.floor(random() * 2 ** 32);
}

function checkInput(input: ProposalInput): void {
  const { population, adjacency, flow, floor, ceiling, locks = {} } = input;
  checkBand({ floor, ceiling });
  const n = adjacency.n;
  if (population.length !== n || flow.n !== n) {
    throw new RangeError(
      `expected populations and flows of ${n} units, got ${population.length} and ${flow.n}`,
    );
  }
  for (let u = 0; u < n; u++) {
    if (!(population[u]! >= 0 && population[u]! < Infinity)) {
      throw new RangeError(`unit ${u}: expected a population, got ${population[u]}`);
    }
  }
  for (const column of [input.epci, input.walls, input.lost]) {
    if (column && column.length !== n) {
      throw new RangeError(`expected a column of ${n} units, got ${column.length}`);
    }
  }
  const named = [input.scope ?? [], input.poles ?? [], ...(locks.fixed ?? [])];
  for (const list of [...named, ...(locks.together ?? []), ...(locks.apart ?? [])]) {
    for (const u of list) {
      if (!(Number.isInteger(u) && u >= 0 && u < n)) {
        throw new RangeError(`expected units from 0 to ${n - 1}, got ${u}`);
      }
    }
  }
}
