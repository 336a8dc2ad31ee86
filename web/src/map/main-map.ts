import { signal } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Region } from '../state/region.ts';
import { framePadding } from './frame.ts';

/** The map of the page, for what follows its camera: the second map, the printed sheet. */
export const mainMap = signal<MapLibreMap | null>(null);

const cameraOf = (map: MapLibreMap) => ({ center: map.getCenter(), zoom: map.getZoom() });

/** Where the map looked before it was made smaller, and what it then got to show the same. */
let made: { before: ReturnType<typeof cameraOf>; shrunk: string } | null = null;

/** A camera as one word, to tell whether the map was moved meanwhile. */
const cameraWord = (map: MapLibreMap) => `${map.getCenter()} ${map.getZoom()}`;

/** Cameras that showed the whole region; all of them, since a comparison that ends brings one back. */
const whole = new Set<string>();

export function showWhole(map: MapLibreMap, { bbox }: Region): void {
  map.fitBounds(bbox, { padding: framePadding(map.getContainer()), animate: false });
}

/** Until someone moves the map it shows the whole region, whatever room the panels leave it. */
export function keepWhole(map: MapLibreMap, region: Region): void {
  whole.clear();
  whole.add(cameraWord(map));
  map.on('resize', () => {
    if (!whole.has(cameraWord(map))) return;
    showWhole(map, region);
    whole.add(cameraWord(map));
  });
}

/**
 * Called before the map gets smaller: it then shows at least what it showed before. The whole region
 * is fitted anew instead, with the room that its names need at the edges.
 */
export function keepInView(): void {
  const map = mainMap.peek();
  if (!map) return;
  const [seen, before] = [map.getBounds(), cameraOf(map)];
  const wasWhole = whole.has(cameraWord(map));
  map.once('resize', () => {
    if (!wasWhole) map.fitBounds(seen, { animate: false });
    made = { before, shrunk: cameraWord(map) };
  });
}

/** Called before the map gets its size of before `keepInView`: unless moved since, it looks as then. */
export function restoreView(): void {
  const map = mainMap.peek();
  const kept = made;
  made = null;
  if (!map || kept?.shrunk !== cameraWord(map)) return;
  map.once('resize', () => map.jumpTo(kept.before));
}
