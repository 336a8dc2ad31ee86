import type { LngLat, Map as MapLibreMap } from 'maplibre-gl';
import { makeMap } from '../map/make-map.ts';
import { painter } from '../map/paint.ts';
import type { Scene } from '../map/scene.ts';
import type { Region } from '../state/region.ts';
import { cssPxPerInch, dotsPerInch } from './paper.ts';

export interface MapPicture {
  /** of a PNG; revoked by whoever asked for it */
  url: string;
  zoom: number;
  center: LngLat;
}

interface Wanted {
  center: LngLat;
  zoom: number;
  /** CSS px */
  width: number;
  height: number;
}

/**
 * A scene drawn for paper by a map of its own, out of sight, which is removed once it is drawn: the
 * screen's has too few pixels, and its picture is gone once it is shown.
 *
 * @throws AbortError when the signal is aborted meanwhile
 */
export async function renderMap(
  region: Region,
  scene: Scene,
  { center, zoom, width, height }: Wanted,
  signal: AbortSignal,
): Promise<MapPicture> {
  const host = document.createElement('div');
  host.className = 'print-offscreen';
  host.inert = true;
  host.style.width = `${width}px`;
  host.style.height = `${height}px`;
  document.body.append(host);
  const map = makeMap(host, region, {
    center,
    zoom,
    interactive: false,
    pixelRatio: dotsPerInch / cssPxPerInch,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  try {
    await happened(map, 'load', signal);
    painter(map, region)(scene);
    map.triggerRepaint();
    await happened(map, 'idle', signal);
    const url = await pictureUrl(map.getCanvas());
    return { url, zoom: map.getZoom(), center: map.getCenter() };
  } finally {
    map.remove();
    host.remove();
  }
}

function happened(map: MapLibreMap, event: 'load' | 'idle', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    map.once(event, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}

function pictureUrl(canvas: HTMLCanvasElement): Promise<string> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(URL.createObjectURL(blob));
      else reject(new Error('the browser gave no picture of the map'));
    }, 'image/png');
  });
}
