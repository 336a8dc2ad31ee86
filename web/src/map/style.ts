import type { FeatureCollection } from 'geojson';
import type { StyleSpecification } from 'maplibre-gl';
import type { Region } from '../state/region.ts';
import { layers } from './layers.ts';

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Communes stand alone, without a base map: nothing here comes from elsewhere. */
export function regionStyle(region: Region, origin: string): StyleSpecification {
  const tiles = {
    type: 'vector' as const,
    tiles: [`${origin}/api/tiles/${encodeURIComponent(region.vintage)}/{z}/{x}/{y}`],
    minzoom: 0,
    maxzoom: 12,
    bounds: region.bbox,
  };
  return {
    version: 8,
    sources: {
      // The same tiles twice: a source that promotes an id for one layer loses those of the others.
      units: { ...tiles, promoteId: { units: 'code' } },
      borders: tiles,
      towns: { type: 'geojson', data: towns(region) },
      marks: { type: 'geojson', data: nothing },
      arrows: { type: 'geojson', data: nothing },
    },
    layers,
  };
}

function towns(region: Region): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: region.code.map((code, unit) => ({
      type: 'Feature',
      properties: { code, name: region.name[unit], population: region.population[unit] },
      geometry: { type: 'Point', coordinates: [region.lon[unit]!, region.lat[unit]!] },
    })),
  };
}
