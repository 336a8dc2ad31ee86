import { Map as MapLibreMap, type MapOptions, prewarm, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Region } from '../state/region.ts';
import { addImages } from './images.ts';
import { regionStyle } from './style.ts';

setWorkerUrl(workerUrl);

/** Has the map's thread start while the units are read. */
export const warmMaps = prewarm;

const french = {
  'NavigationControl.ZoomIn': 'Rapprocher',
  'NavigationControl.ZoomOut': 'Éloigner',
  'NavigationControl.ResetBearing': 'Remettre le nord en haut',
};

/** A flat map of the region, north up, with its signs and nothing painted yet; `name` is for screen readers. */
export function makeMap(
  container: HTMLElement,
  region: Region,
  options: Partial<MapOptions>,
  name = 'Carte des communes',
): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style: regionStyle(region, location.origin),
    locale: { ...french, 'Map.Title': name },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 15,
    // Names that fade in are a dozen more frames of the whole map.
    fadeDuration: 0,
    ...options,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  // Before the first tile is laid out, which looks for the hatch.
  map.once('style.load', () => addImages(map));
  return map;
}
