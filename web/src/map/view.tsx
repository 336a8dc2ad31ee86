import { effect, type ReadonlySignal, type Signal, untracked } from '@preact/signals';
import {
  type MapLibreEvent,
  type Map as MapLibreMap,
  NavigationControl,
  ScaleControl,
} from 'maplibre-gl';
import { useEffect, useRef } from 'preact/hooks';
import { address, go, returns } from '../state/address.ts';
import { endOpening } from '../state/opening.ts';
import type { Region } from '../state/region.ts';
import { frame, framePadding } from './frame.ts';
import { type Led, linkCameras } from './linked-cameras.ts';
import { keepWhole, mainMap, showWhole } from './main-map.ts';
import { makeMap } from './make-map.ts';
import { painter } from './paint.ts';
import { followPointer, type Pointed, ringPointed } from './pointer.ts';
import { emptyScene, type Scene } from './scene.ts';

declare global {
  interface Window {
    /** the maps, for end-to-end tests to find a commune's pixels */
    maillageMap?: MapLibreMap;
    maillageSecondMap?: MapLibreMap;
  }
}

interface Props {
  region: Region;
  scene: ReadonlySignal<Scene | null>;
  /** what the pointer is on, of this map or of the one beside it */
  pointed: Signal<Pointed | null>;
  onUnit(unit: number): void;
  onMark(code: string): void;
  /** beside the main map, and moved with it */
  second?: boolean;
}

/** A map: made once a region, then told what to show by `scene`. */
export function MapView({ region, scene, pointed, onUnit, onMark, second = false }: Props) {
  const container = useRef<HTMLDivElement>(null);
  // Handlers may change at each render while the map stays.
  const handlers = useRef({ onUnit, onMark });
  handlers.current = { onUnit, onMark };

  useEffect(() => {
    const start = second ? cameraOf(mainMap.peek()) : addressedCamera(region, container.current!);
    const name = second ? 'Seconde carte des communes' : 'Carte des communes';
    const map = makeMap(container.current!, region, start, name);
    const stops = [second ? asSecond(map) : asMain(map)];
    if (!second && !address.peek().camera) keepWhole(map, region);
    // Before the first tile comes, which is then coloured once.
    map.once('style.load', () => {
      const { dataset } = second ? container.current! : document.documentElement;
      stops.push(followScene(map, region, scene, dataset));
    });
    map.once('load', () => {
      stops.push(
        ringPointed(map, region, pointed),
        followPointer(map, region, {
          unit: (unit) => handlers.current.onUnit(unit),
          mark: (code) => handlers.current.onMark(code),
          point: (next) => {
            pointed.value = next;
          },
        }),
      );
      if (!second) stops.push(followReturns(map, region), frame.follow(map));
    });
    map.on('moveend', (event: MapLibreEvent & Led) => {
      if (!event.led) keepCamera(map);
    });
    return () => {
      for (const stop of stops) stop();
      map.remove();
    };
  }, [region, scene, pointed, second]);

  return <div class="map-canvas" ref={container} />;
}

function asMain(map: MapLibreMap): () => void {
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  addScale(map);
  mainMap.value = map;
  window.maillageMap = map;
  return () => {
    mainMap.value = null;
  };
}

function asSecond(map: MapLibreMap): () => void {
  const main = mainMap.peek();
  // In place of the main map's, whose corner the legend takes.
  addScale(map);
  const unlink = main ? linkCameras(main, map) : () => {};
  window.maillageSecondMap = map;
  return () => {
    unlink();
    delete window.maillageSecondMap;
  };
}

const addScale = (map: MapLibreMap) =>
  map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-right');

const cameraOf = (map: MapLibreMap | null) =>
  map ? { center: map.getCenter(), zoom: map.getZoom() } : {};

function addressedCamera(region: Region, container: HTMLElement) {
  const { camera } = address.peek();
  return camera
    ? { center: [camera.lon, camera.lat] as [number, number], zoom: camera.zoom }
    : { bounds: region.bbox, fitBoundsOptions: { padding: framePadding(container) } };
}

function followScene(
  map: MapLibreMap,
  region: Region,
  scene: ReadonlySignal<Scene | null>,
  dataset: DOMStringMap,
) {
  const paint = painter(map, region);
  let drawn = 0;
  return effect(() => {
    const current = scene.value;
    const turn = ++drawn;
    if (current?.view !== dataset.mapReady) delete dataset.mapReady;
    // What is not there yet must not leave another workspace's colours behind it.
    untracked(() => paint(current ?? emptyScene(region, 'poles')));
    if (!current) return;
    map.triggerRepaint();
    map.once('idle', () => {
      if (turn !== drawn) return;
      dataset.mapReady = current.view;
      endOpening();
    });
  });
}

/** Back and forward bring the map back where it was. */
function followReturns(map: MapLibreMap, region: Region) {
  return effect(() => {
    if (returns.value === 0) return;
    const camera = untracked(() => address.value.camera);
    if (camera) map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
    else showWhole(map, region);
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
