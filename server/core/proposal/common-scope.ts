import type { BandReason, ProposalIndicators } from '../../contracts/proposals.ts';
import { groupPieces } from '../graph/components.ts';
import { compactness } from '../indicators/compactness.ts';
import { wholeEpciShare } from '../indicators/epci-cuts.ts';
import type { RegionGraphs } from './columns.ts';

/** A finished plan, whole. */
export interface MeasuredPlan {
  /** territory of each unit, -1: outside its scope */
  label: Int32Array;
  territories: readonly { inBand: boolean; reason: BandReason | null }[];
  graphs: RegionGraphs;
  areaKm2: ArrayLike<number>;
}

/** Units that are in a territory of both plans: 1, else 0. */
export function commonScope(one: ArrayLike<number>, other: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(one, (t, u) => (t >= 0 && other[u]! >= 0 ? 1 : 0));
}

/**
 * The figures of a plan on some of the units of its scope, so that plans of two scopes are compared on
 * what both divide: the inhabitants, the flow and the intercommunalités of these units only, in the
 * whole territories that hold them. On its whole scope they are the figures of the plan, but that an
 * intercommunalité partly outside is judged by what is inside.
 *
 * @param units of each unit, whether it counts
 */
export function figuresOn(
  units: Uint8Array,
  { label, territories, graphs, areaKm2 }: MeasuredPlan,
): ProposalIndicators {
  const { population, adjacency, flow, lost, epci, outerM } = graphs;
  const held = new Uint8Array(territories.length);
  let [reachable, inBandPopulation, kept, all] = [0, 0, 0, 0];
  for (let u = 0; u < label.length; u++) {
    if (!units[u]) continue;
    const t = label[u]!;
    held[t] = 1;
    const { inBand, reason } = territories[t]!;
    if (inBand) inBandPopulation += population[u]!;
    // Every other reason says that it cannot be in the band.
    if (inBand || reason === 'not_found') reachable += population[u]!;
    all += lost[u]!;
    for (let e = flow.offsets[u]!; e < flow.offsets[u + 1]!; e++) {
      all += flow.patients[e]!;
      if (label[flow.destinations[e]!] === t) kept += flow.patients[e]!;
    }
  }
  const shape = compactness(adjacency, label, territories.length, areaKm2, outerM).filter(
    (one, t) => held[t] && Number.isFinite(one),
  );
  const pieces = groupPieces(adjacency, label);
  const those = [...territories.keys()].filter((t) => held[t]);
  return {
    territories: those.length,
    inBand: those.filter((t) => territories[t]!.inBand).length,
    reachablePopulation: reachable,
    inBandPopulation,
    inBandShare: reachable > 0 ? inBandPopulation / reachable : 1,
    inside: all > 0 ? kept / all : 0,
    pieces: those.reduce((sum, t) => sum + pieces[t]! - 1, 0),
    compactness: shape.reduce((sum, one) => sum + one, 0) / (shape.length || 1),
    epciWhole: wholeEpciShare(
      epci.map((name, u) => (units[u] ? name : -1)),
      label,
    ),
  };
}
