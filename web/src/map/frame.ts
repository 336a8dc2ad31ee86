import { signal } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { isPhone, legendOpen } from '../state/panels.ts';

type Bounds = [number, number, number, number];
type Aim = { kind: 'bounds'; bounds: Bounds } | { kind: 'point'; lon: number; lat: number };

/** Where the page asks the map to look: whoever asks needs no hold on the map. */
const aim = signal<Aim | null>(null);

/** Narrower than that (px) the legend is given the bottom, not a side: as on either of two maps. */
const NARROW_MAP = 520;

/** Leaves the corner of the legend free where there is room, and room for labels at the edges. */
export function framePadding({ clientWidth }: { clientWidth: number }) {
  if (isPhone.peek()) return { top: 44, right: 40, bottom: 48, left: 40 };
  if (clientWidth < NARROW_MAP)
    return { top: 20, right: 84, bottom: legendOpen.peek() ? 130 : 24, left: 84 };
  return { top: 20, right: 48, bottom: 24, left: legendOpen.peek() ? 110 : 48 };
}

export const frame = {
  bounds(bounds: Bounds | null): void {
    if (bounds) aim.value = { kind: 'bounds', bounds };
  },
  point(lon: number, lat: number): void {
    aim.value = { kind: 'point', lon, lat };
  },
  follow(map: MapLibreMap): () => void {
    return aim.subscribe((target) => {
      if (!target) return;
      // MapLibre itself jumps when the reader asks for less motion.
      if (target.kind === 'bounds') {
        map.fitBounds(target.bounds, {
          padding: framePadding(map.getContainer()),
          maxZoom: 11,
          duration: 500,
        });
      } else {
        const zoom = Math.max(map.getZoom(), 9.5);
        map.flyTo({ center: [target.lon, target.lat], zoom, duration: 700 });
      }
    });
  },
};
