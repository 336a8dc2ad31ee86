import type { Adjacency } from '../graph/adjacency.ts';
import { pieces } from '../graph/components.ts';
import { UNCOVERED } from './shares.ts';

/**
 * Connected groups of units that no open CPTS holds (zones blanches), ascending units in each; the
 * most populated first, then the one with the lowest unit.
 */
export function uncoveredZones(
  adjacency: Adjacency,
  state: Uint8Array,
  population: ArrayLike<number>,
): number[][] {
  const open = Int32Array.from(state, (held) => (held === UNCOVERED ? 0 : -1));
  const { count, of } = pieces(adjacency, open);
  const zones: number[][] = Array.from({ length: count }, () => []);
  const people = new Float64Array(count);
  of.forEach((zone, unit) => {
    if (zone < 0) return;
    zones[zone]!.push(unit);
    people[zone]! += population[unit]!;
  });
  const order = zones.map((_, zone) => zone).sort((p, q) => people[q]! - people[p]! || p - q);
  return order.map((zone) => zones[zone]!);
}
