import { UNCOVERED } from './shares.ts';

/** What lies in the holes of a territory. */
export interface Enclosure {
  /** territories whose every unit outside this one is in its holes, ascending */
  territories: number[];
  /** units that nobody holds, ascending */
  uncovered: number[];
}

/** Territories that hold each unit, in compressed rows: `offsets` has one entry more than units. */
export interface Holders {
  offsets: Int32Array;
  territories: Int32Array;
}

/** @param territories units of each, by index, each once */
export function holdersOf(n: number, territories: readonly ArrayLike<number>[]): Holders {
  const offsets = new Int32Array(n + 1);
  for (const units of territories) {
    for (let k = 0; k < units.length; k++) offsets[units[k]! + 1]!++;
  }
  for (let u = 0; u < n; u++) offsets[u + 1]! += offsets[u]!;
  const next = offsets.slice(0, n);
  const held = new Int32Array(offsets[n]!);
  territories.forEach((units, territory) => {
    for (let k = 0; k < units.length; k++) held[next[units[k]!]!++] = territory;
  });
  return { offsets, territories: held };
}

/** What the holes of one of the territories hold: others, and ground that nobody holds. */
export function enclosureOf(
  territory: number,
  holes: readonly (readonly number[])[],
  territories: readonly ArrayLike<number>[],
  { offsets, territories: held }: Holders,
  state: Uint8Array,
): Enclosure {
  const uncovered: number[] = [];
  const inHoles = new Map<number, number>();
  for (const unit of holes.flat()) {
    if (state[unit] === UNCOVERED) uncovered.push(unit);
    for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
      inHoles.set(held[e]!, (inHoles.get(held[e]!) ?? 0) + 1);
    }
  }
  const own = new Set(inHoles.size > 0 ? Array.from(territories[territory]!) : []);
  const enclosed = [...inHoles].filter(([other, inside]) => {
    const outside = Array.from(territories[other]!).filter((unit) => !own.has(unit));
    return outside.length === inside;
  });
  return {
    territories: enclosed.map(([other]) => other).sort((p, q) => p - q),
    uncovered: uncovered.sort((p, q) => p - q),
  };
}
