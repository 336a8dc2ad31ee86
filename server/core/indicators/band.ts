/**
 * The band of populations a territory aims at, inhabitants, both ends included. The ministry's
 * orientation (DGOS, 2018) is a bassin de vie of 30,000 to 100,000 inhabitants: a target, not a law.
 */
export interface Band {
  floor: number;
  ceiling: number;
}

export const ministryBand = { floor: 30_000, ceiling: 100_000 } as const satisfies Band;

/** Where a population stands against the band. */
export type BandSide = 'below' | 'in' | 'above';

export function bandSide(population: number, { floor, ceiling }: Band): BandSide {
  if (population < floor) return 'below';
  return population > ceiling ? 'above' : 'in';
}

export function inBand(population: number, floor: number, ceiling: number): boolean {
  return population >= floor && population <= ceiling;
}

/** @throws RangeError when the ends are not positive numbers in order. */
export function checkBand({ floor, ceiling }: Band): void {
  if (!(floor > 0 && ceiling >= floor && ceiling < Infinity)) {
    throw new RangeError(`expected 0 < floor <= ceiling, got ${floor} and ${ceiling}`);
  }
}
