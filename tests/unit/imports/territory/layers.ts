import { strToU8, unzipSync, zipSync } from 'fflate';
import type { MultiPolygon } from 'geojson';
import { writeShapefile } from '../../../../server/exports/shapefile/write-shapefile.ts';
import type { ExportedTerritory } from '../../../../server/exports/territory.ts';

export const date = new Date('2026-11-22T00:00:00Z');

/** A square of 0.2 degrees near Orléans, or what `at` makes of its corners. */
export function square(at: (x: number, y: number) => number[] = (x, y) => [x, y]): MultiPolygon {
  const corners = [
    [1.8, 47.8],
    [2, 47.8],
    [2, 48],
    [1.8, 48],
    [1.8, 47.8],
  ];
  return { type: 'MultiPolygon', coordinates: [[corners.map(([x = 0, y = 0]) => at(x, y))]] };
}

export const territory = (outline = square()): ExportedTerritory => ({
  name: 'CPTS d’Été',
  status: 'Idée',
  population: 1200,
  units: [{ code: '45234', name: 'Orléans', population: 1200 }],
  outline,
});

/** The parts of a sound Shapefile, with some replaced, or left out where null. */
export function shapefile(
  replaced: Record<string, Uint8Array | string | null> = {},
  outline = square(),
): Uint8Array {
  const parts: Record<string, Uint8Array> = unzipSync(
    writeShapefile([territory(outline)], 'couche', date),
  );
  for (const [extension, content] of Object.entries(replaced)) {
    if (content === null) delete parts[`couche.${extension}`];
    else parts[`couche.${extension}`] = typeof content === 'string' ? strToU8(content) : content;
  }
  return zipSync(parts);
}

export const partOf = (zip: Uint8Array, extension: string) =>
  unzipSync(zip)[`couche.${extension}`]!;

export const geojson = (features: unknown[], more: object = {}) =>
  strToU8(JSON.stringify({ type: 'FeatureCollection', features, ...more }));

export const feature = (properties: object, geometry: unknown = square()) => ({
  type: 'Feature',
  properties,
  geometry,
});
