import type { BandReason } from '../../contracts/proposals.ts';
import { pieces } from '../graph/components.ts';
import type { ProposalInput } from './plan.ts';

/** What can be settled before any search: units set apart, and the ground left to divide. */
export interface Ground {
  /** territory of each unit set apart, named by its lowest unit; -1 on the ground left to divide */
  apart: Int32Array;
  /** why the territories set apart are outside the band, by their lowest unit */
  reasons: Map<number, BandReason>;
}

/**
 * Sets apart each commune above the ceiling, then each piece of the rest whose whole population is
 * under the floor: an island when nothing touches it, surrounded when communes above the ceiling
 * enclose it. No division can bring those into the band.
 */
export function settleGround({ population, adjacency, floor, ceiling }: ProposalInput): Ground {
  const { n, offsets, neighbours } = adjacency;
  const apart = new Int32Array(n).fill(-1);
  const reasons = new Map<number, BandReason>();
  const rest = new Int32Array(n);
  for (let u = 0; u < n; u++) {
    if (population[u]! <= ceiling) continue;
    rest[u] = -1;
    apart[u] = u;
    reasons.set(u, 'commune_above_ceiling');
  }

  const { of, count } = pieces(adjacency, rest);
  const total = new Float64Array(count);
  const lowest = new Int32Array(count).fill(-1);
  const enclosed = new Uint8Array(count);
  for (let u = 0; u < n; u++) {
    const piece = of[u]!;
    if (piece < 0) continue;
    total[piece]! += population[u]!;
    if (lowest[piece]! < 0) lowest[piece] = u;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      if (of[neighbours[e]!]! < 0) enclosed[piece] = 1;
    }
  }
  for (let u = 0; u < n; u++) {
    const piece = of[u]!;
    if (piece < 0 || total[piece]! >= floor) continue;
    apart[u] = lowest[piece]!;
    if (lowest[piece] === u) reasons.set(u, enclosed[piece] ? 'surrounded' : 'island');
  }
  return { apart, reasons };
}
