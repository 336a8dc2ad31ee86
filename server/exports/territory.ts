import type { MultiPolygon } from 'geojson';

/** A territory as files give it. */
export interface ExportedTerritory {
  name: string;
  /** French; empty for a draft */
  status: string;
  /** inhabitants */
  population: number;
  /** by code */
  units: { code: string; name: string; population: number }[];
  /** union of the units, WGS 84 degrees */
  outline: MultiPolygon;
}

export type ExportFormat = 'geojson' | 'topojson' | 'shapefile' | 'csv' | 'xlsx';

/**
 * What an outline carries in a file. `codes` gives the same units back at import, and `communes`,
 * their count, tells whether a program on the way cut the list short.
 */
export function propertiesOf({ name, status, population, units }: ExportedTerritory) {
  return {
    nom: name,
    statut: status,
    population,
    communes: units.length,
    codes: units.map(({ code }) => code),
  };
}
