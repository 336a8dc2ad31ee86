import type { Random } from '../random.ts';
import { membersOf } from './around.ts';
import { isBetter } from './draw.ts';
import { type Ground, groundWorth } from './ground.ts';
import type { ProposalInput } from './input.ts';
import { outsideOf } from './outside.ts';
import { divideInParts } from './parts.ts';
import type { Plan } from './plan.ts';
import { type Beginning, effortOf, newSeed, type Rounds } from './rounds.ts';
import type { SearchResult } from './search.ts';
import { openWindow } from './window.ts';

/** How the effort goes to the rounds. */
const ROUNDS = [0.4, 0.2, 0.2, 0.2];
/** Threads that the time of a safety stop is meant for. */
const THREADS = 2;

/** Searches a large ground in parts (`divideInParts`), in rounds. */
export function* searchParts(
  input: ProposalInput,
  ground: Ground,
  { first, warm }: Beginning,
  random: Random,
  planOf: (label: Int32Array) => Plan,
): Rounds<SearchResult> {
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
      plans: round === 0 && !warm ? [] : [window.label],
      trials: (effortOf(input) * share * window.units.length) / n,
      fresh: round === 0 && !warm,
      seed: newSeed(random),
      milliseconds: input.milliseconds
        ? (input.milliseconds * share * window.units.length * THREADS) / n
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
