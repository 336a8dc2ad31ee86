/** Territories of two plans that are the same place. */
export interface Match {
  one: number;
  other: number;
  /** inhabitants of both at once */
  population: number;
}

/**
 * Matches the territories of two plans one to one: again and again the two that share most
 * inhabitants, then most units, then the lowest of the first plan, then of the second. Those left
 * share nothing.
 *
 * @param one territory of each unit in the first plan, -1: none
 * @param other the same in the second
 * @returns the pairs by territory of the first plan
 */
export function matchTerritories(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  population: ArrayLike<number>,
): Match[] {
  const shared = new Map<string, Match & { units: number }>();
  for (let u = 0; u < one.length; u++) {
    const [a, b] = [one[u]!, other[u]!];
    if (a < 0 || b < 0) continue;
    const key = `${a} ${b}`;
    const pair = shared.get(key) ?? { one: a, other: b, population: 0, units: 0 };
    pair.population += population[u]!;
    pair.units++;
    shared.set(key, pair);
  }
  const order = [...shared.values()].sort(
    (p, q) =>
      q.population - p.population || q.units - p.units || p.one - q.one || p.other - q.other,
  );
  const [ones, others] = [new Set<number>(), new Set<number>()];
  const matches: Match[] = [];
  for (const { one: a, other: b, population: people } of order) {
    if (ones.has(a) || others.has(b)) continue;
    ones.add(a);
    others.add(b);
    matches.push({ one: a, other: b, population: people });
  }
  return matches.sort((p, q) => p.one - q.one);
}
