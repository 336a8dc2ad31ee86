import { computed, effect } from '@preact/signals';
import type { Feature, FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import { ink } from '../../../map/colours.ts';
import { mainMap } from '../../../map/main-map.ts';
import { addPoint, type Cutting, cutting, preview } from './store.ts';

const SOURCE = 'cut';

/** Each point changes the cut: its layers are laid once. */
const isCutting = computed(() => cutting.value !== null);

/** Draws the line and the two sides of a cut on the map, and takes its clicks as points. */
export function followCutOnMap(): () => void {
  return effect(() => {
    const map = mainMap.value;
    if (!map || !isCutting.value) return;
    const stopDrawing = draw(map);
    const onClick = ({ lngLat }: MapMouseEvent) => addPoint([lngLat.lng, lngLat.lat]);
    map.on('click', onClick);
    map.doubleClickZoom.disable();
    return () => {
      map.off('click', onClick);
      map.doubleClickZoom.enable();
      stopDrawing();
    };
  });
}

function draw(map: MapLibreMap): () => void {
  let stop = () => {};
  const begin = () => {
    addLayers(map);
    stop = effect(() => {
      map.getSource<GeoJSONSource>(SOURCE)?.setData(features(cutting.value));
    });
  };
  // The style is there once its layers are; tiles may still be on their way.
  if (map.getLayer('units-fill')) begin();
  else map.once('load', begin);
  return () => {
    stop();
    map.off('load', begin);
    // The map may be gone with the region it showed.
    if (!map.getStyle()) return;
    for (const layer of ['cut-points', 'cut-line', 'cut-line-halo', 'cut-sides']) {
      if (map.getLayer(layer)) map.removeLayer(layer);
    }
    if (map.getSource(SOURCE)) map.removeSource(SOURCE);
  };
}

function addLayers(map: MapLibreMap): void {
  if (map.getSource(SOURCE)) return;
  map.addSource(SOURCE, { type: 'geojson', data: features(null) });
  map.addLayer({
    id: 'cut-sides',
    type: 'fill',
    source: SOURCE,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: {
      'fill-color': ['match', ['get', 'side'], 0, '#0072b2', '#e69f00'],
      'fill-opacity': 0.45,
    },
  });
  const line = { type: 'line' as const, source: SOURCE };
  const onLine: ['==', ['geometry-type'], 'LineString'] = ['==', ['geometry-type'], 'LineString'];
  map.addLayer({
    ...line,
    id: 'cut-line-halo',
    filter: onLine,
    paint: { 'line-color': '#ffffff', 'line-width': 5 },
  });
  map.addLayer({
    ...line,
    id: 'cut-line',
    filter: onLine,
    paint: { 'line-color': ink, 'line-width': 2.2, 'line-dasharray': [2, 1.4] },
  });
  map.addLayer({
    id: 'cut-points',
    type: 'circle',
    source: SOURCE,
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 4,
      'circle-color': ink,
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 1.5,
    },
  });
}

/** The line as it is drawn or laid, its points, and the sides that it would make. */
function features(now: Cutting | null): FeatureCollection {
  const found = preview.value;
  const drawn = now?.way === 'drawn' ? now.points : (found?.line ?? []);
  const all: Feature[] = (found?.sectors ?? []).map(({ outline }, side) => ({
    type: 'Feature',
    properties: { side },
    geometry: outline,
  }));
  if (now && drawn.length > 1) {
    all.push({
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates: drawn },
    });
  }
  if (now?.way === 'drawn') {
    for (const coordinates of now.points) {
      all.push({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } });
    }
  }
  return { type: 'FeatureCollection', features: all };
}
