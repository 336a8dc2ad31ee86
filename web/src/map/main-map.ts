import { signal } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';

/** The map of the page, for what follows its camera: the second map, the printed sheet. */
export const mainMap = signal<MapLibreMap | null>(null);

const cameraOf = (map: MapLibreMap) => ({ center: map.getCenter(), zoom: map.getZoom() });

/** Where the map looked before it was made smaller, and what it then got to show the same. */
let made: { before: ReturnType<typeof cameraOf>; shrunk: string } | null = null;

/** A camera as one word, to tell whether the map was moved meanwhile. */
export const cameraWord = (map: MapLibreMap) => `${map.getCenter()} ${map.getZoom()}`;

/** Called before the map gets smaller: it then shows at least what it showed before. */
export function keepInView(): void {
  const map = mainMap.peek();
  if (!map) return;
  const [seen, before] = [map.getBounds(), cameraOf(map)];
  map.once('resize', () => {
    map.fitBounds(seen, { animate: false });
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
