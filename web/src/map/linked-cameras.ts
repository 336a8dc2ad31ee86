import type { MapLibreEvent, Map as MapLibreMap } from 'maplibre-gl';

/** A move that another map led: it leads nobody in turn and is no step of the reader's. */
export type Led = { led?: true };

/**
 * Two maps that look at one place, whichever the reader moves. The led map is drawn within the move
 * event of the other, so that both show the new place in the same frame.
 */
export function linkCameras(one: MapLibreMap, other: MapLibreMap): () => void {
  const follow = (from: MapLibreMap, to: MapLibreMap) => (event: MapLibreEvent & Led) => {
    if (event.led) return;
    const led: Led = { led: true };
    to.jumpTo({ center: from.getCenter(), zoom: from.getZoom() }, led);
    to.redraw();
  };
  const there = follow(one, other);
  const back = follow(other, one);
  one.on('move', there);
  other.on('move', back);
  return () => {
    one.off('move', there);
    other.off('move', back);
  };
}
