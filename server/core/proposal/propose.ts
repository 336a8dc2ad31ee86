import type { BandReason } from '../../contracts/proposals.ts';
import { checkBand, inBand } from '../indicators/band.ts';
import { type Random, seededRandom } from '../random.ts';
import { agglomerate } from './agglomerate.ts';
import { descend } from './descend.ts';
import { divide, divideAsBefore, nearestDivision } from './first-division.ts';
import type { Ground } from './ground.ts';
import type { ProposalInput } from './input.ts';
import { mend } from './mend.ts';
import { outsideOf } from './outside.ts';
import { measurePlan, type Plan } from './plan.ts';
import type { Refusal } from './refusal.ts';
import { type Beginning, effortOf, type Rounds } from './rounds.ts';
import { type SearchResult, search } from './search.ts';
import { searchParts } from './search-parts.ts';
import { searchWhole } from './search-whole.ts';
import { type Settled, settle } from './settle.ts';

/** Units of a ground that is searched in parts. */
const LARGE = 6000;

/** A plan, or why there can be none. */
export type Outcome = { plan: Plan } | { refusal: Refusal };

/**
 * Proposes territories: every unit of the scope in one, each connected, each in the band wherever the
 * units and locks allow it, worth as much as the effort finds. What can't be in the band is set apart
 * (`settle`); the rest is agglomerated from the smallest, or begun from a plan given, mended where it is
 * outside the band, and searched (`search`): twice over where it is small, then from what both found; in
 * parts where it is large. Where how many territories there are is free, a few numbers are tried first.
 *
 * All searches run here, one after the other; `proposal` lets a caller run them at the same time.
 *
 * @throws RangeError when the columns differ in length, a population is not a count, a unit named is
 * none, the band is inverted or the seed is out of its domain.
 */
export function propose(input: ProposalInput, clock?: () => number): Outcome {
  const { onProgress = () => {} } = input;
  let done = 0;
  const all = effortOf(input);
  const steps = proposal(input, () => onProgress(Math.min(1, done / all)));
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

/**
 * The steps of a proposal. Each yields searches that do not depend on each other and is answered their
 * results, in order, whoever ran them and however many at a time: the plan is the same.
 *
 * @param onWork told between the rounds, often, that it is at work
 */
export function* proposal(input: ProposalInput, onWork: () => void = () => {}): Rounds<Outcome> {
  checkInput(input);
  const settled = settle(input);
  if ('reason' in settled) return { refusal: settled };
  onWork();
  const { ground } = settled;
  const random = seededRandom(input.seed);
  const begun = begin(input, settled, random, onWork);
  const asked = (count: number) => input.territories === undefined || count === settled.wanted;
  const { first, between } = begun;
  if (!asked(first.count)) return { refusal: numberNotFound(settled, first.count) };
  let hurried = false;
  let { label } = first;
  if (first.count > 1 || (between && between.most > between.fewest)) {
    const planOf = (found: Int32Array) => measure(input, settled, found, false);
    const searched =
      ground.adjacency.n > LARGE
        ? yield* searchParts(input, ground, begun, random, planOf)
        : yield* searchWhole(input, ground, begun, random, planOf, onWork);
    label = searched.label;
    hurried = searched.hurried;
    let { outside } = searched;
    if (outside > 0) {
      const count = label.reduce((most, t) => Math.max(most, t + 1), 0);
      outside = mend(ground, label, count, random, onWork, mendingOf(input));
    }
    if (outside > 0 && !ground.fewShort && ground.adjacency.n <= LARGE) {
      const other = yield* searchFewShort(input, ground, label, random, planOf, onWork);
      if (keepsMore(ground, other.label, label)) label = other.label;
      hurried ||= other.hurried;
    }
  }
  const kept = descend(ground, keepCeiling(ground, label), input.territories === undefined);
  const count = new Set(kept).size;
  if (!asked(count)) return { refusal: numberNotFound(settled, count) };
  return { plan: measure(input, settled, kept, hurried) };
}

/**
 * Another search where the first leaves territories outside the band, for as many territories: with so little
 * room, a search for the least distance ends with nearly all of them a little short, this one with
 * few, as where no number fits (`Ground.fewShort`).
 */
function* searchFewShort(
  input: ProposalInput,
  ground: Ground,
  label: Int32Array,
  random: Random,
  planOf: (label: Int32Array) => Plan,
  onWork: () => void,
): Rounds<SearchResult> {
  const few = { ...ground, fewShort: true };
  const count = label.reduce((most, t) => Math.max(most, t + 1), 0);
  const first = { label, count, outside: outsideOf(few, label, count) };
  const begun = { first, between: null, warm: false };
  return yield* searchWhole(input, few, begun, random, planOf, onWork);
}

/** Whether a division keeps the ceiling and has more inhabitants in the band than another. */
function keepsMore(ground: Ground, one: Int32Array, other: Int32Array): boolean {
  const inside = (label: Int32Array) => {
    const total = peopleOf(ground, label);
    const within = total.filter((people) => inBand(people, ground.floor, ground.ceiling));
    return within.reduce((sum, people) => sum + people, 0);
  };
  const over = peopleOf(ground, one).some((people) => people > ground.ceiling);
  return !over && inside(one) > inside(other);
}

/** A number of territories that populations allow, and that locks and borders do not. */
function numberNotFound({ apartCount }: Settled, found: number): Refusal {
  return { reason: 'number_not_found', units: [], possible: found + apartCount };
}

/**
 * Moves tried at most to bring a division into the band before a search, or after: as many as the search,
 * where another number of territories may do; all there are to try for a number that is imposed.
 */
function mendingOf(input: ProposalInput): number {
  return input.territories === undefined ? effortOf(input) : Number.POSITIVE_INFINITY;
}

function begin(
  input: ProposalInput,
  { ground, of, wanted, fewest, most }: Settled,
  random: Random,
  onWork: () => void,
): Beginning {
  const budget = mendingOf(input);
  if (input.start) {
    const before = labelOnGround(input.start, input.population, of, ground.adjacency.n);
    const known = divideAsBefore(ground, before, wanted, random, onWork, budget);
    if (known) return { first: known, between: null, warm: true };
  }
  const first = divide(ground, wanted, random, onWork, budget);
  if (input.territories !== undefined) return { first, between: null, warm: false };
  if (ground.adjacency.n <= LARGE) return { first, between: { fewest, most }, warm: false };
  // In a country, a few territories more or less are nothing beside the search.
  const near =
    first.outside > 0
      ? nearestDivision(ground, first, { fewest, most }, random, onWork, budget)
      : first;
  return { first: near, between: null, warm: false };
}

/** Of each unit of the ground, the label that most of its inhabitants have; of a tie, the lower. */
function labelOnGround(
  label: ArrayLike<number>,
  population: ArrayLike<number>,
  of: Int32Array,
  units: number,
): Int32Array {
  const people = Array.from({ length: units }, () => new Map<number, number>());
  for (let u = 0; u < of.length; u++) {
    const counted = people[of[u]!];
    if (counted && label[u]! >= 0) {
      counted.set(label[u]!, (counted.get(label[u]!) ?? 0) + population[u]!);
    }
  }
  return Int32Array.from(people, (counted) => {
    const [first] = [...counted].sort(([s, p], [t, q]) => q - p || s - t);
    return first?.[0] ?? -1;
  });
}

/** The ceiling is never exceeded: where no division of that number keeps it, one of more does. */
function keepCeiling(ground: Ground, label: Int32Array): Int32Array {
  const over = peopleOf(ground, label).some((people) => people > ground.ceiling);
  return over ? agglomerate(ground, null) : label;
}

/** Inhabitants of each territory. */
function peopleOf({ population }: Ground, label: Int32Array): number[] {
  const total = new Map<number, number>();
  for (let u = 0; u < label.length; u++) {
    total.set(label[u]!, (total.get(label[u]!) ?? 0) + population[u]!);
  }
  return [...total.values()];
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
  const hopelessLabels = new Map<number, number>();
  let reachable = 0;
  for (let u = 0; u < label.length; u++) {
    const people = ground.population[u]!;
    const name = names + label[u]!;
    if (!hopeless.has(piece[u]!)) reachable += people;
    else hopelessLabels.set(name, (hopelessLabels.get(name) ?? 0) + people);
  }
  // Where not all can be in the band, those count that are.
  for (const people of hopelessLabels.values()) {
    if (people >= floor && people <= ceiling) reachable += people;
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
  for (const column of [input.epci, input.walls, input.lost, input.start]) {
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
