import type { BandReason, ProposalIndicators } from '../../contracts/proposals.ts';
import type { FlowMatrix } from '../flows/matrix.ts';
import type { Adjacency } from '../graph/adjacency.ts';
import { components, groupPieces } from '../graph/components.ts';
import { inBand } from '../indicators/band.ts';
import { localisation } from '../indicators/localisation.ts';

/** What a proposal is made from. */
export interface ProposalInput {
  /** inhabitants of each unit */
  population: ArrayLike<number>;
  adjacency: Adjacency;
  flow: FlowMatrix;
  /** patients of each unit treated outside every unit, patients a year; none when absent */
  lost?: ArrayLike<number>;
  /** band of populations, inhabitants, both ends included */
  floor: number;
  ceiling: number;
  /** 0 to 2^32 − 1; the same seed gives the same plan */
  seed: number;
  /** told as work goes, 0 to 1 */
  onProgress?: (share: number) => void;
}

interface ProposedTerritory {
  /** inhabitants */
  population: number;
  /** localisation index (autarcie), 0 to 1; null where the residents have no flow */
  li: number | null;
  inBand: boolean;
  /** why it is outside the band, where nothing could be done */
  reason: BandReason | null;
}

/** Territories that hold every unit once. */
export interface Plan {
  /** territory of each unit; territories are numbered by their lowest unit */
  label: Int32Array;
  /** number of territories */
  count: number;
  territories: ProposedTerritory[];
  indicators: ProposalIndicators;
}

/**
 * The plan that a labelling of the units makes, measured. Labels may be any integers from 0; they are
 * numbered anew by lowest unit. `reasons` is by the labels given.
 *
 * Reachable are the inhabitants of all units but communes above the ceiling and whole connected
 * components under the floor; where there are none the share in the band is 1. Without any flow the
 * share inside is 0.
 */
export function measurePlan(
  input: ProposalInput,
  given: Int32Array,
  reasons: ReadonlyMap<number, BandReason>,
): Plan {
  const { population, adjacency, flow, floor, ceiling } = input;
  const { label, names } = numberByLowestUnit(given);
  const count = names.length;
  const inhabitants = new Float64Array(count);
  for (let u = 0; u < label.length; u++) inhabitants[label[u]!]! += population[u]!;
  const { li, share } = localisation(flow, label, count, input.lost);
  const territories = names.map((name, t): ProposedTerritory => {
    const within = inBand(inhabitants[t]!, floor, ceiling);
    return {
      population: inhabitants[t]!,
      li: Number.isNaN(li[t]!) ? null : li[t]!,
      inBand: within,
      reason: within ? null : (reasons.get(name) ?? null),
    };
  });

  const reachablePopulation = reachable(input);
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
      reachablePopulation,
      inBandPopulation,
      inBandShare: reachablePopulation > 0 ? inBandPopulation / reachablePopulation : 1,
      inside: Number.isNaN(share) ? 0 : share,
      pieces,
    },
  };
}

function reachable({ population, adjacency, floor, ceiling }: ProposalInput): number {
  const { of, count } = components(adjacency);
  const whole = new Float64Array(count);
  for (let u = 0; u < adjacency.n; u++) whole[of[u]!]! += population[u]!;
  let total = 0;
  for (let u = 0; u < adjacency.n; u++) {
    if (population[u]! <= ceiling && whole[of[u]!]! >= floor) total += population[u]!;
  }
  return total;
}

function numberByLowestUnit(given: Int32Array): { label: Int32Array; names: number[] } {
  const numbers = new Map<number, number>();
  const label = given.map((name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  return { label, names: [...numbers.keys()] };
}
