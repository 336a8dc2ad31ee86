/** Two territories that share units. */
export interface SharedUnits {
  /** indices of the territories, a < b */
  a: number;
  b: number;
  /** ascending, never empty */
  units: Int32Array;
}

/**
 * Pairs of territories that share units, sorted by (a, b). A territory is a set of units given in any
 * order; a unit named twice counts once.
 */
export function overlaps(sets: readonly ArrayLike<number>[]): SharedUnits[] {
  const holders = new Map<number, number[]>();
  for (let t = 0; t < sets.length; t++) {
    for (const unit of new Set(Array.from(sets[t]!))) {
      const found = holders.get(unit);
      if (found) found.push(t);
      else holders.set(unit, [t]);
    }
  }
  const shared = new Map<number, number[]>();
  for (const [unit, territories] of holders) {
    for (let k = 0; k < territories.length; k++) {
      for (let l = k + 1; l < territories.length; l++) {
        const pair = territories[k]! * sets.length + territories[l]!;
        const units = shared.get(pair);
        if (units) units.push(unit);
        else shared.set(pair, [unit]);
      }
    }
  }
  return [...shared]
    .sort(([p], [q]) => p - q)
    .map(([pair, units]) => ({
      a: Math.floor(pair / sets.length),
      b: pair % sets.length,
      units: Int32Array.from(units).sort(),
    }));
}

/** Units of a set of `n` that no territory holds, ascending. */
export function uncovered(n: number, sets: readonly ArrayLike<number>[]): Int32Array {
  const held = new Uint8Array(n);
  for (const set of sets) for (const unit of Array.from(set)) held[unit] = 1;
  return Int32Array.from({ length: n }, (_, unit) => unit).filter((unit) => !held[unit]);
}
