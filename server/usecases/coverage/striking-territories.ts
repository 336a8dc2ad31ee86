import { setImmediate } from 'node:timers/promises';
import type { Coverage } from '../../contracts/coverage.ts';
import { enclosureOf, holdersOf } from '../../core/coverage/enclosures.ts';
import { bandSide, ministryBand } from '../../core/indicators/band.ts';
import { codesAt, departmentsAt, populationAt, type RegionGround } from '../region-ground.ts';
import type { PlacedCpts } from './region-coverage.ts';

/** Territories looked at before others get a turn: some milliseconds. */
const AT_ONCE = 100;

/** Open CPTS out of the band, in several pieces, or enclosing another or uncovered ground. */
export async function strikingTerritories(
  region: RegionGround,
  open: readonly PlacedCpts[],
  state: Uint8Array,
): Promise<Coverage['territories']> {
  const territories = open.map(({ units }) => units);
  const holders = holdersOf(state.length, territories);
  const striking: Coverage['territories'] = [];
  for (const [k, { units, ...cpts }] of open.entries()) {
    if (k % AT_ONCE === AT_ONCE - 1) await setImmediate();
    const { pieces, holes } = region.lies(units);
    const inside = enclosureOf(k, holes, territories, holders, state);
    const population = populationAt(region, units);
    const band = bandSide(population, ministryBand);
    const { territories: enclosed, uncovered } = inside;
    if (band === 'in' && pieces <= 1 && enclosed.length + uncovered.length === 0) continue;
    striking.push({
      cpts: named(cpts),
      population,
      departments: departmentsAt(region, units),
      band,
      pieces,
      encloses: enclosed.map((other) => named(open[other]!)),
      uncoveredInside: {
        units: codesAt(region, uncovered),
        population: populationAt(region, uncovered),
      },
    });
  }
  return striking;
}

const named = ({ id, name, status }: Pick<PlacedCpts, 'id' | 'name' | 'status'>) => ({
  id,
  name,
  status,
});
