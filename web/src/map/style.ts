import type { FeatureCollection } from 'geojson';
import type { StyleSpecification } from 'maplibre-gl';
import type { Region } from '../state/region.ts';
import { layers } from './layers.ts';

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** To raise when what tiles hold changes: browsers keep those of an address for ever. */
const TILE_CONTENT = 2;

/** Communes stand alone, without a base map: nothing here comes from elsewhere. */
export function regionStyle(
  { vintage, bbox }: Pick<Region, 'vintage' | 'bbox'>,
  origin: string,
): StyleSpecification {
  const path = `/api/tiles/${encodeURIComponent(vintage)}/{z}/{x}/{y}?content=${TILE_CONTENT}`;
  const tiles = {
    type: 'vector' as const,
    tiles: [`${origin}${path}`],
    minzoom: 0,
    maxzoom: 12,
    bounds: bbox,
  };
  return {
    version: 8,
    sources: {
      units: { ...tiles, promoteId: { units: 'code', borders: 'id' } },
      // The same tiles again: names that change must not have every commune laid out anew.
      towns: tiles,
      marks: { type: 'geojson', data: nothing },
      arrows: { type: 'geojson', data: nothing },
    },
    layers,
  };
}
