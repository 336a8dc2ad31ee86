import { parentPort, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { leastNamed } from '../core/town-zooms.ts';
import type { WorkerInput } from './start-worker.ts';
import {
  MAX_TILE_ZOOM,
  type TileAnswer,
  type TileLayers,
  type TileQuestion,
} from './tile-protocol.ts';

const options = { maxZoom: MAX_TILE_ZOOM, indexMaxZoom: 6, tolerance: 3, extent: 4096, buffer: 64 };

/**
 * Cuts the vector tiles of a vintage: layer `units` (polygons, by code), layer `borders` (lines, by
 * number) and layer `towns` (points, those that have a name at the zoom).
 */
function indexLayers({ units, borders }: TileLayers) {
  const layer = (features: Feature[]): GeoJSONVT =>
    new GeoJSONVT({ type: 'FeatureCollection', features } satisfies FeatureCollection, options);
  const feature = (text: string, properties: Feature['properties']): Feature => ({
    type: 'Feature',
    properties,
    geometry: JSON.parse(text) as Geometry,
  });
  return {
    units: layer(units.map(({ outline, code }) => feature(outline, { code }))),
    borders: layer(borders.map(({ id, level, line }) => feature(line, { id, level }))),
    towns: layer(
      units.map(({ code, name, population, lon, lat }) => ({
        type: 'Feature',
        properties: { code, name, population },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    ),
  };
}

/** The towns of a tile that the map has room to name. */
function named(tile: GeoJSONVTTile | null, z: number): GeoJSONVTTile | null {
  if (!tile) return null;
  const least = leastNamed(z);
  const features = tile.features.filter(({ tags }) => Number(tags?.population) >= least);
  return features.length > 0 ? ({ ...tile, features } as GeoJSONVTTile) : null;
}

const port = parentPort;
if (port) {
  const index = indexLayers((workerData as WorkerInput<TileLayers>).input);
  const cut = ({ z, x, y }: TileQuestion): Uint8Array | null => {
    const units = index.units.getTile(z, x, y);
    const borders = index.borders.getTile(z, x, y);
    if (!units && !borders) return null;
    const towns = named(index.towns.getTile(z, x, y), z);
    const layers = {
      ...(units ? { units } : {}),
      ...(borders ? { borders } : {}),
      ...(towns ? { towns } : {}),
    };
    return gzipSync(fromGeojsonVt(layers, { version: 2, extent: 4096 }));
  };
  port.on('message', (question: TileQuestion) => {
    const { id } = question;
    try {
      port.postMessage({ id, tile: cut(question) } satisfies TileAnswer);
    } catch (error) {
      port.postMessage({ id, tile: null, failure: String(error) } satisfies TileAnswer);
    }
  });
  port.postMessage({ id: 0, tile: null } satisfies TileAnswer);
}
