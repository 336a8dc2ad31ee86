/** A file that a user draws a territory from; see `read-territory-file.ts`. */
export type TerritoryFileKind = 'geojson' | 'topojson' | 'shapefile' | 'csv';

/** One unit that a file names: by code, by name and department, or both. */
export interface WantedUnit {
  /** as it is written, for the user */
  text: string;
  /** repaired code, not checked against what is loaded */
  code: string | null;
  name: string | null;
  /** INSEE code */
  department: string | null;
}

/** A surface that a file draws. */
export interface DrawnOutline {
  /** GeoJSON text of a MultiPolygon, WGS 84 degrees; it may cross itself */
  geometry: string;
  vertices: number;
}

/** One territory of a file: the units it lists, else its outline. */
export interface ReadTerritory {
  name: string;
  units: WantedUnit[] | null;
  outline: DrawnOutline | null;
}

export interface TerritoryFileContent {
  kind: TerritoryFileKind;
  territories: ReadTerritory[];
  /** French sentences: what was repaired, guessed or left out */
  remarks: string[];
}

/** What a file may hold: beyond, the answer would be too long to wait for. */
export const limits = {
  /** bytes sent */
  bytes: 20 * 2 ** 20,
  /** bytes of the parts of a zip that are read */
  unzippedBytes: 100 * 2 ** 20,
  zipEntries: 1000,
  vertices: 1_000_000,
  territories: 300,
  /** lines or codes */
  units: 100_000,
} as const;
