import { bandExcess } from './band-excess.ts';
import type { Division } from './first-division.ts';
import type { Ground } from './ground.ts';
import type { Round } from './rounds.ts';
import type { SearchResult } from './search.ts';

/** Numbers searched at the same time, how often at most, and the share of the effort that goes to each. */
const AT_ONCE = 4;
const ROUNDS = 3;
const SHARE = 0.025;
/** Of the best numbers, so many are searched again, each with so much of the effort. */
const FINALISTS = 2;
const FINAL_SHARE = 0.05;
/** Numbers looked at above that of agglomeration, where nothing weighs for more territories. */
const ABOVE = 2;

interface Chosen {
  /** a division of the number chosen, to begin from */
  division: Division;
  /** what short searches of that number found */
  found: SearchResult[];
  /** share of the effort that it took */
  spent: number;
}

/**
 * Chooses how many territories to make: the number whose plan a short search finds to be worth most,
 * among those with as little as can be outside the band. Numbers all over what can be are searched
 * first, then numbers between those beside the best, and so on; the best of all are then searched again for
 * longer, since short searches of one number differ by as much as neighbouring numbers do.
 *
 * Only the weights on target and poles can speak for more territories than agglomeration comes to: fewer
 * always keep more ties inside, for as long as the ceiling leaves room to place them.
 *
 * @param divisionOf a division of so many territories, which may come out as another number
 * @param roundOf short searches of divisions, each with a share of the effort
 */
export function* chooseNumber(
  ground: Ground,
  first: Division,
  { fewest, most }: { fewest: number; most: number },
  divisionOf: (count: number, share: number) => Division,
  roundOf: (divisions: readonly Division[], share: number) => Round,
): Generator<Round, Chosen, SearchResult[]> {
  const searched = new Map<number, { division: Division; found: SearchResult[] }>();
  let spent = 0;
  const weighsForMore = ground.targetWeight > 0 || ground.poleWeight > 0 || first.outside > 0;
  let low = fewest;
  let high = weighsForMore ? most : Math.min(most, first.count + ABOVE);

  function* search(counts: readonly number[], share: number) {
    const divisions: Division[] = [];
    for (const count of counts) {
      const known = searched.get(count)?.division;
      const division = known ?? (count === first.count ? first : divisionOf(count, share));
      if (division.count === count) divisions.push(division);
    }
    if (divisions.length === 0) return;
    const found: SearchResult[] = yield roundOf(divisions, share);
    divisions.forEach((division, k) => {
      const before = searched.get(division.count)?.found ?? [];
      searched.set(division.count, { division, found: [...before, found[k]!] });
    });
    spent += share * divisions.length;
  }
  /** numbers searched, the best first */
  const ranked = () => {
    const best = [...searched].map(([count, { found }]) => ({
      count,
      ...found.map((one) => rankOf(ground, one)).sort(byRank)[0]!,
    }));
    return best.sort((p, q) => byRank(p, q) || p.count - q.count).map(({ count }) => count);
  };

  for (let round = 0; round < ROUNDS; round++) {
    yield* search(
      between(low, high, round === 0).filter((count) => !searched.has(count)),
      SHARE,
    );
    const [best] = ranked();
    if (best === undefined) break;
    for (const count of searched.keys()) {
      if (count < best) low = Math.max(low, count);
      if (count > best) high = Math.min(high, count);
    }
  }
  if (searched.size > 1) yield* search(ranked().slice(0, FINALISTS), FINAL_SHARE);
  const [best] = ranked();
  const chosen = best === undefined ? undefined : searched.get(best);
  return { division: first, found: [], ...chosen, spent };
}

/** Numbers evenly spread from one to another, both ends counted in or left out. */
function between(low: number, high: number, ends: boolean): number[] {
  const parts = ends ? AT_ONCE - 1 : AT_ONCE + 1;
  const numbers = new Set<number>();
  for (let k = 0; k <= parts; k++) numbers.add(Math.round(low + ((high - low) * k) / parts));
  return [...numbers];
}

interface Rank {
  outside: number;
  worth: number;
}

/**
 * What numbers are chosen by. Where some territories are short whatever is done, how many are counts, and not by
 * how much: that differs from search to search.
 */
function rankOf(ground: Ground, { label, worth, outside }: SearchResult): Rank {
  if (!ground.fewShort) return { outside, worth };
  const total = new Map<number, number>();
  label.forEach((t, u) => {
    total.set(t, (total.get(t) ?? 0) + ground.population[u]!);
  });
  const short = [...total.values()].filter((people) => bandExcess(ground, people) > 0);
  return { outside: short.length, worth };
}

function byRank(p: Rank, q: Rank): number {
  return p.outside - q.outside || q.worth - p.worth;
}
