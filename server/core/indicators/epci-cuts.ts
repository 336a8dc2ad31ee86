/** A part of an intercommunalité that one group holds. */
export interface EpciPart {
  epci: number;
  group: number;
  /** of its inhabitants who live in the group, 0 to 1; 0 where it has none */
  share: number;
}

/**
 * The intercommunalités that lie in several groups, or partly in none: the part of each group, by
 * group, the largest first, ties by number. Units in no group count among the inhabitants.
 *
 * @param epci number of the EPCI of each unit, -1: none
 * @param group group of each unit, -1: in none
 */
export function epciCuts(
  epci: ArrayLike<number>,
  group: ArrayLike<number>,
  population: ArrayLike<number>,
): EpciPart[] {
  const found: EpciPart[] = [];
  for (const [name, parts] of partsOf(epci, group, population)) {
    if (parts.size < 2) continue;
    let all = 0;
    for (const people of parts.values()) all += people;
    for (const [g, people] of parts) {
      if (g >= 0) found.push({ epci: name, group: g, share: all > 0 ? people / all : 0 });
    }
  }
  return found.sort((p, q) => p.group - q.group || q.share - p.share || p.epci - q.epci);
}

/** Share of the EPCI with a unit in a group that lie in one group whole; 1 where there is none. */
export function wholeEpciShare(epci: ArrayLike<number>, group: ArrayLike<number>): number {
  let held = 0;
  let whole = 0;
  for (const parts of partsOf(epci, group, new Uint8Array(group.length)).values()) {
    if (parts.size === 1 && parts.has(-1)) continue;
    held++;
    if (parts.size === 1) whole++;
  }
  return held > 0 ? whole / held : 1;
}

/** Inhabitants of each EPCI by group. */
function partsOf(
  epci: ArrayLike<number>,
  group: ArrayLike<number>,
  population: ArrayLike<number>,
): Map<number, Map<number, number>> {
  const found = new Map<number, Map<number, number>>();
  for (let u = 0; u < epci.length; u++) {
    const name = epci[u]!;
    if (name < 0) continue;
    const parts = found.get(name) ?? new Map<number, number>();
    found.set(name, parts);
    parts.set(group[u]!, (parts.get(group[u]!) ?? 0) + population[u]!);
  }
  return found;
}
