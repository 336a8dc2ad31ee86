/** `plurality`, or `nystuen-dacey` for dominant flows. */
export type PoleMethod = 'plurality' | 'nystuen-dacey';

/**
 * What one commune sends where, beside what the others send there: its own cells may take other
 * values than those counted, and the tie-break inflow moves with them.
 */
export interface CommuneRow {
  /** the commune itself */
  self: number;
  destinations: number[];
  /** patients of the commune, at each destination */
  patients: number[];
  /** patients that the other communes send to each destination */
  rest: number[];
  /** patients that the other communes send to the commune itself */
  restOfSelf: number;
}

/** Patients in millionths: sums of fractions differ in their last bits with their order. */
export function millionths(patients: number): number {
  return Math.floor(patients * 1e6 + 0.5);
}

/**
 * Destinations of at least one patient, the first one first: by patients, then by total inflow,
 * then by index (units are sorted by code).
 */
export function ranked(row: CommuneRow): number[] {
  const inflow = (at: number) => millionths(row.rest[at]! + row.patients[at]!);
  return [...row.destinations.keys()]
    .filter((at) => row.patients[at]! > 0)
    .sort(
      (p, q) =>
        millionths(row.patients[q]!) - millionths(row.patients[p]!) ||
        inflow(q) - inflow(p) ||
        row.destinations[p]! - row.destinations[q]!,
    );
}

/**
 * The place that dominates the commune, or -1. Nystuen and Dacey, « A graph theory interpretation
 * of nodal regions », Papers of the Regional Science Association 7, 1961: the largest flow, the
 * commune itself excluded, goes to j, and j's total inflow exceeds the commune's. Total inflow is
 * all the patients treated in a place, its residents included. Direct flows only.
 */
export function dominatorOf(row: CommuneRow): number {
  const leader = ranked(row).find((at) => row.destinations[at] !== row.self);
  if (leader === undefined) return -1;
  const own = row.destinations.indexOf(row.self);
  const here = row.restOfSelf + (own < 0 ? 0 : row.patients[own]!);
  const there = row.rest[leader]! + row.patients[leader]!;
  return millionths(there) > millionths(here) ? row.destinations[leader]! : -1;
}

/** The winner, before any threshold; -1 where no patient is counted. */
export function winnerOf(row: CommuneRow, method: PoleMethod): number {
  const [first] = ranked(row);
  if (first === undefined) return -1;
  if (method === 'plurality') return row.destinations[first]!;
  const dominator = dominatorOf(row);
  return dominator < 0 ? row.self : dominator;
}
