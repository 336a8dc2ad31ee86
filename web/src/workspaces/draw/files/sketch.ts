import type { Map as MapLibreMap } from 'maplibre-gl';

type Point = [number, number];

/** Below this many px from the last point a move adds none. */
const STEP_PX = 3;
/** A stroke smaller than this is a click, not an outline. */
const SMALLEST_PX = 12;

/**
 * Lets an outline be drawn on the map with the pointer: one stroke, closed by itself. The wheel still
 * zooms. Gives the ring in degrees, or null for a stroke too small to be one; answers what stops it.
 */
export function sketchOn(
  map: MapLibreMap,
  done: (ring: [number, number][] | null) => void,
): () => void {
  const pad = document.createElement('div');
  pad.className = 'sketch-pad';
  pad.innerHTML = '<svg aria-hidden="true"><path /></svg>';
  const path = pad.querySelector('path')!;
  let points: Point[] | null = null;

  const at = (event: PointerEvent): Point => {
    const { left, top } = pad.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  pad.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    pad.setPointerCapture(event.pointerId);
    points = [at(event)];
  });
  pad.addEventListener('pointermove', (event) => {
    const last = points?.at(-1);
    if (!points || !last || !event.isPrimary) return;
    const next = at(event);
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) < STEP_PX) return;
    points.push(next);
    path.setAttribute('d', `M${points.map(([x, y]) => `${x} ${y}`).join('L')}`);
  });
  pad.addEventListener('pointerup', () => {
    const drawn = points;
    points = null;
    path.removeAttribute('d');
    if (drawn) done(isOutline(drawn) ? ringOf(map, drawn) : null);
  });
  pad.addEventListener('pointercancel', () => {
    points = null;
    path.removeAttribute('d');
  });
  pad.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      map.getCanvasContainer().dispatchEvent(new WheelEvent(event.type, event));
    },
    { passive: false },
  );
  map.getContainer().append(pad);
  return () => pad.remove();
}

function isOutline(points: readonly Point[]): boolean {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [width, height] = [xs, ys].map((all) => Math.max(...all) - Math.min(...all));
  return points.length >= 3 && Math.min(width!, height!) >= SMALLEST_PX;
}

function ringOf(map: MapLibreMap, points: readonly Point[]): [number, number][] {
  const ring = points.map((point): [number, number] => {
    const { lng, lat } = map.unproject(point);
    return [lng, lat];
  });
  return [...ring, ring[0]!];
}

/** What the map shows, as a ring: the keyboard's way to an outline. */
export function frameOf(map: MapLibreMap): [number, number][] {
  const bounds = map.getBounds();
  const [west, south, east, north] = [
    bounds.getWest(),
    bounds.getSouth(),
    bounds.getEast(),
    bounds.getNorth(),
  ];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}
