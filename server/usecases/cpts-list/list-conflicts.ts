import type { CptsStatus } from '../../contracts/cpts.ts';
import type { ListConflict } from '../../contracts/cpts-lists.ts';
import type { OpenCpts } from '../../db/repositories/cpts.ts';
import type { Place } from '../../db/repositories/units.ts';

/** A CPTS of a list, as far as its ground goes. */
interface Claim {
  name: string;
  status: CptsStatus | null;
  units: readonly string[];
}

/**
 * What each CPTS of a list shares with those before it in the list, then with the recognised ones that
 * are there: in the order of the list, the most inhabitants first.
 */
export function listConflicts(
  claims: readonly Claim[],
  open: readonly OpenCpts[],
  places: readonly Place[],
): ListConflict[] {
  const placeOf = new Map(places.map((place) => [place.code, place]));
  const recognised = open.filter((cpts) => cpts.recognised);
  const holders = new Map<string, OpenCpts>();
  for (const cpts of recognised) for (const unit of cpts.units) holders.set(unit, cpts);
  const claimed = new Map<string, Claim[]>();
  const conflicts: ListConflict[] = [];
  for (const claim of claims) {
    const shared = new Map<Claim | OpenCpts, string[]>();
    const share = (other: Claim | OpenCpts, unit: string) => {
      const units = shared.get(other);
      if (units) units.push(unit);
      else shared.set(other, [unit]);
    };
    for (const unit of claim.units) {
      const before = claimed.get(unit) ?? [];
      for (const other of before) share(other, unit);
      claimed.set(unit, [...before, claim]);
      const holder = holders.get(unit);
      if (holder) share(holder, unit);
    }
    const found = [...shared].map(([other, codes]): ListConflict => {
      const units = codes.map((code) => {
        const { name, population } = placeOf.get(code)!;
        return { code, name, population };
      });
      units.sort((a, b) => b.population - a.population || (a.code < b.code ? -1 : 1));
      const { name, status } = other;
      return {
        wanted: claim.name,
        cpts: { id: 'id' in other ? other.id : null, name, status },
        units,
        population: units.reduce((sum, { population }) => sum + population, 0),
      };
    });
    found.sort((a, b) => b.population - a.population || (a.cpts.name < b.cpts.name ? -1 : 1));
    conflicts.push(...found);
  }
  return conflicts;
}
