import { signal } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';

/** The map of the page, for what follows its camera: the second map, the printed sheet. */
export const mainMap = signal<MapLibreMap | null>(null);

/** Called before the map gets another size: it then shows at least what it showed before. */
export function keepInView(): void {
  const map = mainMap.peek();
  const seen = map?.getBounds();
  map?.once('resize', () => map.fitBounds(seen!, { animate: false }));
}
