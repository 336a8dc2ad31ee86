import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { type Region, unitsOf } from '../region.ts';

/** Inhabitants of a department or of the region by who holds their commune. */
export interface Shares {
  /** code; null: the whole region */
  department: string | null;
  population: number;
  recognised: number;
  /** by open CPTS alone that are not recognised */
  inProject: number;
  uncovered: number;
}

/** How CPTS cover the region, then each of its departments by code. */
export function coverageShares(region: Region, cpts: readonly Cpts[]): Shares[] {
  const holder = new Uint8Array(region.count);
  for (const { status, recognised, units } of cpts) {
    if (status === 'closed') continue;
    const rank = recognised ? 2 : 1;
    for (const unit of unitsOf(region, units)) holder[unit] = Math.max(holder[unit]!, rank);
  }
  const whole = nobody(null);
  const of = new Map<string, Shares>();
  for (const [unit, rank] of holder.entries()) {
    const code = region.department[unit]!;
    const shares = of.get(code) ?? nobody(code);
    of.set(code, shares);
    const people = region.population[unit]!;
    const kind = (['uncovered', 'inProject', 'recognised'] as const)[rank]!;
    for (const sum of [whole, shares]) {
      sum.population += people;
      sum[kind] += people;
    }
  }
  const departments = [...of].sort(([p], [q]) => (p < q ? -1 : 1)).map(([, shares]) => shares);
  return [whole, ...departments];
}

const nobody = (department: string | null): Shares => ({
  department,
  population: 0,
  recognised: 0,
  inProject: 0,
  uncovered: 0,
});
