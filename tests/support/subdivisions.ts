import type { Polygon, Position } from 'geojson';
import type {
  SubdivisionFile,
  SubdivisionRow,
} from '../../server/imports/subdivisions/read-subdivisions.ts';
import { codeAt } from './small-region.ts';

/** Orléans of the small region: column 3, row 2. */
export const ORLEANS = codeAt(3, 2);
const ORLEANS_WEST = 2.3;
const ORLEANS_SOUTH = 47.2;

/** A part of Orléans, from west to east and south to north in tenths of its side. */
export function part(
  name: string,
  [west, east]: [number, number],
  [south, north]: [number, number],
  population: number | null = null,
  code: string | null = null,
): SubdivisionRow {
  const at = (x: number, y: number): Position => [
    Math.round((ORLEANS_WEST + x / 100) * 1e6) / 1e6,
    Math.round((ORLEANS_SOUTH + y / 100) * 1e6) / 1e6,
  ];
  const geometry: Polygon = {
    type: 'Polygon',
    coordinates: [
      [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)],
    ],
  };
  return { commune: ORLEANS, code, kind: code ? 'iris' : 'quartier', name, population, geometry };
}

export function fileOf(...rows: SubdivisionRow[]): SubdivisionFile {
  return { source: 'Quartiers d’essai', rows, remarks: [] };
}

/** Four quarters of Orléans of 60,000, 30,000, 20,000 and 10,000 inhabitants. */
export function quarters(): SubdivisionFile {
  return fileOf(
    part('Sud-Ouest', [0, 5], [0, 5], 60_000),
    part('Sud-Est', [5, 10], [0, 5], 30_000),
    part('Nord-Ouest', [0, 5], [5, 10], 20_000),
    part('Nord-Est', [5, 10], [5, 10], 10_000),
  );
}
