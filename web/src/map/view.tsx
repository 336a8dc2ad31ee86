import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import { Map as MapLibreMap, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { useEffect, useRef } from 'preact/hooks';
import { address, go, returns } from '../state/address.ts';
import type { Region } from '../state/region.ts';
import { frame, framePadding } from './frame.ts';
import { addImages } from './images.ts';
import { painter } from './paint.ts';
import { followPointer, type Pointed } from './pointer.ts';
import { emptyScene, type Scene } from './scene.ts';
import { regionStyle } from './style.ts';

setWorkerUrl(workerUrl);

declare global {
  interface Window {
    /** the map, for end-to-end tests to find a commune's pixels */
    maillageMap?: MapLibreMap;
  }
}

const french = {
  'NavigationControl.ZoomIn': 'Rapprocher',
  'NavigationControl.ZoomOut': 'Éloigner',
  'NavigationControl.ResetBearing': 'Remettre le nord en haut',
  'Map.Title': 'Carte des communes',
};

interface Props {
  region: Region;
  scene: ReadonlySignal<Scene | null>;
  onUnit(unit: number): void;
  onMark(code: string): void;
  onPoint(pointed: Pointed | null): void;
}

/** The map itself: made once a region, then told what to show by `scene`. */
export function MapView({ region, scene, onUnit, onMark, onPoint }: Props) {
  const container = useRef<HTMLDivElement>(null);
  // Handlers may change at each render while the map stays.
  const handlers = useRef({ onUnit, onMark, onPoint });
  handlers.current = { onUnit, onMark, onPoint };

  useEffect(() => {
    const map = makeMap(container.current!, region);
    window.maillageMap = map;
    const stops: (() => void)[] = [];
    // Before the first tile is laid out, which looks for the hatch.
    map.once('style.load', () => addImages(map));
    map.once('load', () => {
      stops.push(
        followScene(map, region, scene),
        followReturns(map, region),
        frame.follow(map),
        followPointer(map, region, {
          unit: (unit) => handlers.current.onUnit(unit),
          mark: (code) => handlers.current.onMark(code),
          point: (pointed) => handlers.current.onPoint(pointed),
        }),
      );
    });
    map.on('moveend', () => keepCamera(map));
    return () => {
      for (const stop of stops) stop();
      map.remove();
    };
  }, [region, scene]);

  return <div class="map-canvas" ref={container} />;
}

function makeMap(container: HTMLElement, region: Region): MapLibreMap {
  const { camera } = address.peek();
  const start = camera
    ? { center: [camera.lon, camera.lat] as [number, number], zoom: camera.zoom }
    : { bounds: region.bbox, fitBoundsOptions: { padding: framePadding() } };
  const map = new MapLibreMap({
    container,
    style: regionStyle(region, location.origin),
    ...start,
    locale: french,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 15,
    fadeDuration: 120,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-right');
  return map;
}

function followScene(map: MapLibreMap, region: Region, scene: ReadonlySignal<Scene | null>) {
  const paint = painter(map, region);
  let drawn = 0;
  return effect(() => {
    const current = scene.value;
    const { dataset } = document.documentElement;
    const turn = ++drawn;
    if (current?.view !== dataset.mapReady) delete dataset.mapReady;
    // What is not there yet must not leave another workspace's colours behind it.
    untracked(() => paint(current ?? emptyScene(region, 'poles')));
    if (!current) return;
    map.triggerRepaint();
    map.once('idle', () => {
      if (turn === drawn) dataset.mapReady = current.view;
    });
  });
}

/** Back and forward bring the map back where it was. */
function followReturns(map: MapLibreMap, region: Region) {
  return effect(() => {
    if (returns.value === 0) return;
    const camera = untracked(() => address.value.camera);
    if (camera) map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
    else map.fitBounds(region.bbox, { padding: framePadding(), animate: false });
  });
}

function keepCamera(map: MapLibreMap): void {
  const { lng, lat } = map.getCenter();
  const camera = {
    zoom: Math.round(map.getZoom() * 100) / 100,
    lat: Math.round(lat * 1e4) / 1e4,
    lon: Math.round(lng * 1e4) / 1e4,
  };
  go({ camera }, { replace: true });
}
