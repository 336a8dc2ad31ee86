import type { BandReason, ProposalIndicators } from '../../contracts/proposals.ts';
import { groupPieces } from '../graph/components.ts';
import { inBand } from '../indicators/band.ts';
import { localisation } from '../indicators/localisation.ts';
import { numbered } from './agglomerate.ts';
import type { ProposalInput } from './input.ts';

interface ProposedTerritory {
  /** inhabitants */
  population: number;
  /** localisation index (autarcie), 0 to 1; null where the residents have no flow */
  li: number | null;
  inBand: boolean;
  /** why it is outside the band */
  reason: BandReason | null;
}

/** Territories that hold every unit of the scope once. */
export interface Plan {
  /** territory of each unit, -1 outside the scope; territories are numbered by their lowest unit */
  label: Int32Array;
  /** number of territories */
  count: number;
  territories: ProposedTerritory[];
  indicators: ProposalIndicators;
  /**
   * the safety stop came before the effort was spent: on another machine, or another day, the same
   * input may give another plan
   */
  hurried: boolean;
}

/**
 * The plan that a labelling of the units makes, measured. Labels may be any integers, those under 0
 * outside the scope; they are numbered anew by lowest unit. `reasonOf` tells why a territory, by the
 * label given, is outside the band.
 *
 * `reachable` are the inhabitants that can be in the band; where there are none the share in the band
 * is 1. Without any flow the share inside is 0.
 */
export function measurePlan(
  input: ProposalInput,
  given: Int32Array,
  reachable: number,
  reasonOf: (label: number, people: number) => BandReason | null,
  hurried: boolean,
): Plan {
  const { population, adjacency, flow, floor, ceiling } = input;
  const scoped = given.map((name) => Math.max(-1, name));
  const names = [...new Set(scoped)].filter((name) => name >= 0);
  const count = names.length;
  const label = numbered(scoped);
  const inhabitants = new Float64Array(count);
  for (let u = 0; u < label.length; u++)
    if (label[u]! >= 0) inhabitants[label[u]!]! += population[u]!;
  const { li, share } = localisation(flow, label, count, input.lost);
  const territories = names.map((name, t): ProposedTerritory => {
    const within = inBand(inhabitants[t]!, floor, ceiling);
    return {
      population: inhabitants[t]!,
      li: Number.isNaN(li[t]!) ? null : li[t]!,
      inBand: within,
      reason: within ? null : reasonOf(name, inhabitants[t]!),
    };
  });
  let inBandPopulation = 0;
  for (const territory of territories) {
    if (territory.inBand) inBandPopulation += territory.population;
  }
  let pieces = 0;
  for (const found of groupPieces(adjacency, label)) pieces += found - 1;
  return {
    label,
    count,
    territories,
    indicators: {
      territories: count,
      inBand: territories.filter((territory) => territory.inBand).length,
      reachablePopulation: reachable,
      inBandPopulation,
      inBandShare: reachable > 0 ? inBandPopulation / reachable : 1,
      inside: Number.isNaN(share) ? 0 : share,
      pieces,
    },
    hurried,
  };
}
