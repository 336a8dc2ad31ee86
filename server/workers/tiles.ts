import { parentPort, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { WorkerInput } from './start-worker.ts';
import {
  MAX_TILE_ZOOM,
  type TileAnswer,
  type TileLayers,
  type TileQuestion,
} from './tile-protocol.ts';

const options = { maxZoom: MAX_TILE_ZOOM, indexMaxZoom: 6, tolerance: 3, extent: 4096, buffer: 64 };

/** Cuts the vector tiles of a vintage: layer `units` (polygons) and layer `borders` (lines). */
function indexLayers({ units, borders }: TileLayers) {
  const layer = (features: Feature[]): GeoJSONVT =>
    new GeoJSONVT({ type: 'FeatureCollection', features } satisfies FeatureCollection, options);
  const feature = (text: string, properties: Feature['properties'], id?: number): Feature => ({
    type: 'Feature',
    ...(id === undefined ? {} : { id }),
    properties,
    geometry: JSON.parse(text) as Geometry,
  });
  return {
    units: layer(units.map(({ outline, ...properties }) => feature(outline, properties))),
    borders: layer(borders.map(({ id, level, line }) => feature(line, { level }, id))),
  };
}

const port = parentPort;
if (port) {
  const index = indexLayers((workerData as WorkerInput<TileLayers>).input);
  const cut = ({ z, x, y }: TileQuestion): Uint8Array | null => {
    const units = index.units.getTile(z, x, y);
    const borders = index.borders.getTile(z, x, y);
    if (!units && !borders) return null;
    const layers = { ...(units ? { units } : {}), ...(borders ? { borders } : {}) };
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
