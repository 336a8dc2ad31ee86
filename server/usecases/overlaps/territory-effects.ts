import type { TerritoryEffect } from '../../contracts/overlaps.ts';
import { bandSide, ministryBand } from '../../core/indicators/band.ts';
import { rounded } from '../../db/repositories/flows.ts';
import type { ChosenFlows } from '../flows-asked.ts';
import type { RegionGround } from '../region-ground.ts';

/** Units of a territory, by index, as it is and as it would be. */
interface Change {
  before: number[];
  after: number[];
}

/** What changes make of territories: population, band, pieces, care kept inside. */
export async function territoryEffects(
  { graph, lies }: RegionGround,
  flows: ChosenFlows,
  changes: readonly Change[],
): Promise<{ before: TerritoryEffect; after: TerritoryEffect }[]> {
  const territories = changes.flatMap(({ before, after }) => [before, after]);
  const codes = territories.map((units) => units.map((unit) => graph.units.code[unit]!));
  const sent = await flows.sent(codes, codes);
  const figures = territories.map((units, k): TerritoryEffect => {
    const population = units.reduce((sum, unit) => sum + graph.units.population[unit]!, 0);
    const worth = (of: { patients: number; masked: number } | undefined) =>
      of ? of.patients + flows.used.masked * of.masked : 0;
    const out = worth(sent.all[k]);
    return {
      units: units.length,
      population,
      band: bandSide(population, ministryBand),
      pieces: lies(units).pieces,
      li: out > 0 ? rounded(Math.min(1, worth(sent.to[k]?.get(k)) / out), 6) : null,
    };
  });
  return changes.map((_, k) => ({ before: figures[2 * k]!, after: figures[2 * k + 1]! }));
}
