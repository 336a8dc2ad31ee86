/** How a unit is held: 0 by no open CPTS, 1 by some that are not recognised, 2 by a recognised one. */
export const UNCOVERED = 0;
const IN_PROJECT = 1;
const RECOGNISED = 2;

/** Units of an open CPTS, by index. */
export interface Held {
  units: ArrayLike<number>;
  recognised: boolean;
}

/** How each of `n` units is held. */
export function heldStates(n: number, territories: readonly Held[]): Uint8Array {
  const state = new Uint8Array(n);
  for (const { units, recognised } of territories) {
    const given = recognised ? RECOGNISED : IN_PROJECT;
    for (let k = 0; k < units.length; k++) {
      if (state[units[k]!]! < given) state[units[k]!] = given;
    }
  }
  return state;
}

/** Units and inhabitants of some ground, by how they are held: one entry a state. */
export interface Shares {
  units: [uncovered: number, inProject: number, recognised: number];
  population: [uncovered: number, inProject: number, recognised: number];
}

/** Shares of every group of units (a department); `group[u]` is from 0. */
export function sharesOf(
  state: Uint8Array,
  group: ArrayLike<number>,
  groups: number,
  population: ArrayLike<number>,
): Shares[] {
  const found = Array.from({ length: groups }, none);
  for (let u = 0; u < state.length; u++) {
    const at = state[u] as 0 | 1 | 2;
    const shares = found[group[u]!]!;
    shares.units[at] += 1;
    shares.population[at] += population[u]!;
  }
  return found;
}

/** Of several grounds together. */
export function summed(grounds: readonly Shares[]): Shares {
  const all = none();
  for (const { units, population } of grounds) {
    for (const at of [UNCOVERED, IN_PROJECT, RECOGNISED] as const) {
      all.units[at] += units[at];
      all.population[at] += population[at];
    }
  }
  return all;
}

function none(): Shares {
  return { units: [0, 0, 0], population: [0, 0, 0] };
}
