import type { MultiPolygon, Polygon } from 'geojson';
import type { SourceKind } from '../contracts/health.ts';

/** A commune as read from a source, before the database checks and repairs its geometry. */
export interface UnitRow {
  code: string;
  name: string;
  department: string;
  region: string;
  /** SIREN of the intercommunalité; null where the commune has none. */
  epci: string | null;
  /** inhabitants */
  population: number;
  /** WGS 84, degrees */
  geometry: Polygon | MultiPolygon;
  /** longitude, latitude; null lets the database take a point inside the outline */
  point: [number, number] | null;
}

/** One thing that was changed or left out while reading, for the user to see. */
export interface Remark {
  kind: 'changed' | 'rejected' | 'note';
  /** French sentence */
  message: string;
  /** line of the file, or code of the unit concerned */
  where?: string;
}

/** The communes of one region, from one source. */
export interface UnitFile {
  region: { code: string; name: string };
  /** year of the official geographic code (COG); null when the source does not say */
  year: number | null;
  sourceKind: SourceKind;
  /** French sentence that names the source and its licence */
  source: string;
  units: UnitRow[];
  remarks: Remark[];
}

export interface SupplyRow {
  unit: string;
  /** key of `data/professions.csv` */
  profession: string;
  /** practitioners or facilities */
  count: number;
}

/** Practitioners and facilities per commune; a commune that is absent has none. */
export interface SupplyFile {
  /** French sentence that names the source and its licence */
  source: string;
  rows: SupplyRow[];
  remarks: Remark[];
}

/** Told as work goes: `done` of `total`. */
export type OnProgress = (done: number, total: number) => void;
