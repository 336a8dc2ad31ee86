import { computed } from '@preact/signals';
import type { PlaceNames } from '../../../server/contracts/units.ts';
import { fetchPlaceNames } from '../api/maillage.ts';
import { region } from './analysis.ts';
import type { Region } from './region.ts';
import { readyValue, resource } from './resource.ts';

const names = resource<PlaceNames>();

/** Read after the first map: nothing waits for them. */
export const loadPlaceNames = () =>
  names.show(region.peek()?.vintage ?? '', (signal) => fetchPlaceNames(signal));

/** Postal codes of each unit, separated by spaces; null until they are there. */
export const postalCodes = computed<readonly string[] | null>(() => {
  const read = readyValue(names.state.value);
  return read?.vintage === region.value?.vintage ? (read?.postal ?? null) : null;
});

const epciNames = computed(() => {
  const { code = [], name = [] } = readyValue(names.state.value)?.epci ?? {};
  return new Map(code.map((each, at) => [each, name[at]!]));
});

const departmentNames = computed(() => {
  const { code = [], name = [] } = readyValue(names.state.value)?.department ?? {};
  return new Map(code.map((each, at) => [each, name[at]!]));
});

/** « Cher (18) »; the code alone where the lists have no name, or are not there yet. */
export function departmentLabel(code: string): string {
  const name = departmentNames.value.get(code);
  return name ? `${name} (${code})` : code;
}

/**
 * The name of the EPCI of a unit, or that of its largest commune where the lists have none, after a
 * word that asks for no elision: no rule tells « d’Hyères » from « de Honfleur ».
 */
export function epciName(region: Region, unit: number): string | null {
  const code = region.epci[unit];
  if (!code) return null;
  const known = epciNames.value.get(code);
  if (known) return known;
  // A part of a divided commune stands for all of it.
  const whole = (u: number) =>
    region.wholeOf.get(u) ?? { name: region.name[u]!, population: region.population[u]! };
  let largest = whole(unit);
  for (let u = 0; u < region.count; u++) {
    if (region.epci[u] === code && whole(u).population > largest.population) largest = whole(u);
  }
  return `Intercommunalité comprenant ${largest.name}`;
}
