import type { Map as MapLibreMap } from 'maplibre-gl';

export interface ScreenPoint {
  x: number;
  y: number;
}

interface StrokeEvent extends ScreenPoint {
  /** the key that turns a gesture round is held */
  turned: boolean;
}

/** What follows a pointer that draws, in px of the map; off the map too, since it keeps the pointer. */
export interface StrokeHandlers {
  begin(at: StrokeEvent): void;
  move(from: ScreenPoint, to: ScreenPoint): void;
  end(at: ScreenPoint): void;
  cancel(): void;
  hover(at: ScreenPoint | null): void;
}

/**
 * Takes hold of the pointer on a map, so that dragging draws. The wheel still zooms; Space held, the
 * middle button or a second finger move the map, in the middle of a stroke too: a second finger drops
 * the stroke.
 */
export function followStrokes(map: MapLibreMap, handlers: StrokeHandlers): () => void {
  const area = map.getCanvasContainer();
  const fingers = new Map<number, ScreenPoint>();
  let drawing: number | null = null;
  /** the map knows that the pointer is busy */
  let told = false;
  let last: ScreenPoint = { x: 0, y: 0 };
  let spaceHeld = false;

  const own = [map.dragPan, map.boxZoom, map.doubleClickZoom] as const;
  const before = own.map((handler) => handler.isEnabled());
  for (const handler of own) handler.disable();
  area.classList.add('drawing');

  const at = (event: PointerEvent): ScreenPoint => {
    const frame = area.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  const middle = () => {
    const points = [...fingers.values()];
    const mean = (axis: 'x' | 'y') =>
      points.reduce((sum, point) => sum + point[axis], 0) / points.length;
    return { x: mean('x'), y: mean('y') };
  };
  const pan = (from: ScreenPoint, to: ScreenPoint) =>
    map.panBy([from.x - to.x, from.y - to.y], { animate: false });

  function onDown(event: PointerEvent): void {
    // Space then goes to the map, not to the button of the tool just chosen.
    map.getCanvas().focus({ preventScroll: true });
    const here = at(event);
    fingers.set(event.pointerId, here);
    area.setPointerCapture(event.pointerId);
    last = here;
    if (fingers.size > 1) {
      if (drawing !== null) handlers.cancel();
      drawing = null;
      last = middle();
    } else if (event.button === 0 && !spaceHeld) {
      drawing = event.pointerId;
      told = false;
      handlers.begin({ ...here, turned: event.altKey });
    }
  }

  function onMove(event: PointerEvent): void {
    if (!fingers.has(event.pointerId)) {
      handlers.hover(at(event));
      return;
    }
    // A frame may hold several moves: the stroke goes through all of them.
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const move of moves.length > 0 ? moves : [event]) {
      const to = at(move);
      fingers.set(event.pointerId, to);
      if (fingers.size > 1) {
        const now = middle();
        pan(last, now);
        last = now;
        continue;
      }
      if (drawing === null || spaceHeld) pan(last, to);
      else handlers.move(last, to);
      last = to;
    }
    handlers.hover(event.pointerType === 'touch' ? null : at(event));
  }

  /** After the first move of a stroke the map need not look at what is under each other one. */
  function onMouse(event: MouseEvent): void {
    if (drawing === null) return;
    if (told) event.stopPropagation();
    told = true;
  }

  function onUp(event: PointerEvent): void {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size > 0) last = middle();
    if (drawing !== event.pointerId) return;
    drawing = null;
    if (event.type === 'pointercancel') handlers.cancel();
    else handlers.end(at(event));
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== ' ') return;
    const target = event.target as HTMLElement | null;
    const busy = target?.closest('input, textarea, select, button, a, [role="grid"], dialog');
    if (event.type === 'keydown' && busy) return;
    spaceHeld = event.type === 'keydown';
    area.classList.toggle('panning', spaceHeld);
    if (spaceHeld) event.preventDefault();
  }

  const onLeave = () => handlers.hover(null);
  const pointerEvents = [
    ['pointerdown', onDown],
    ['pointermove', onMove],
    ['pointerup', onUp],
    ['pointercancel', onUp],
    ['pointerleave', onLeave],
  ] as const;
  for (const [name, listener] of pointerEvents) area.addEventListener(name, listener);
  area.addEventListener('mousemove', onMouse, { capture: true });
  addEventListener('keydown', onKey);
  addEventListener('keyup', onKey);
  return () => {
    if (drawing !== null) handlers.cancel();
    for (const [name, listener] of pointerEvents) area.removeEventListener(name, listener);
    area.removeEventListener('mousemove', onMouse, { capture: true });
    removeEventListener('keydown', onKey);
    removeEventListener('keyup', onKey);
    area.classList.remove('drawing', 'panning');
    handlers.hover(null);
    own.forEach((handler, k) => {
      if (before[k]) handler.enable();
    });
  };
}
