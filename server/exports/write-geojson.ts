import type { Feature, FeatureCollection, MultiPolygon } from 'geojson';
import { type ExportedTerritory, propertiesOf } from './territory.ts';

/** RFC 7946: WGS 84, outer rings anticlockwise, as the database gives them. */
export function featureCollection(
  territories: readonly ExportedTerritory[],
): FeatureCollection<MultiPolygon> {
  const features = territories.map(
    (one): Feature<MultiPolygon> => ({
      type: 'Feature',
      properties: propertiesOf(one),
      geometry: one.outline,
    }),
  );
  return { type: 'FeatureCollection', features };
}

export function writeGeojson(territories: readonly ExportedTerritory[]): Uint8Array {
  return Buffer.from(`${JSON.stringify(featureCollection(territories))}\n`, 'utf8');
}
