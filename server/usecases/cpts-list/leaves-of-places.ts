import type { Place } from '../../db/repositories/units.ts';

/** The leaves that some codes mean, those of a divided commune for it; each once, ascending. */
export function leavesOfPlaces(places: readonly Place[]): (codes: readonly string[]) => string[] {
  const parts = new Map<string, string[]>();
  for (const { code, parent, leaf } of places) {
    if (leaf) parts.set(code, [...(parts.get(code) ?? []), code]);
    if (leaf && parent !== null) parts.set(parent, [...(parts.get(parent) ?? []), code]);
  }
  return (codes) => [...new Set(codes.flatMap((code) => parts.get(code) ?? []))].sort();
}
