import { effect, untracked } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { PlanePoint } from '../../../../server/core/drawing/sweep.ts';
import { capture } from '../../map/capture.ts';
import { strokeOverlay } from '../../map/stroke-overlay.ts';
import { followStrokes, type StrokeHandlers } from '../../map/strokes.ts';
import { settledUnits } from '../../state/draft.ts';
import {
  beginGesture,
  cancelGesture,
  endGesture,
  sweep,
  underWay,
} from '../../state/drawing/gesture.ts';
import { plane } from '../../state/drawing/ground.ts';
import { brushRadius, type Tool, takesOut, tool } from '../../state/drawing/tools.ts';
import type { Region } from '../../state/region.ts';

/** Lets the tool in hand draw on the map; with the hand, the map moves as anywhere else. */
export function drawOnMap(map: MapLibreMap, region: Region): () => void {
  let release = () => {};
  const unfollow = effect(() => {
    const inHand = tool.value;
    untracked(() => {
      release();
      release = inHand === 'click' ? () => {} : takeHold(map, region, inHand);
    });
  });
  return () => {
    unfollow();
    release();
  };
}

function takeHold(map: MapLibreMap, region: Region, inHand: Exclude<Tool, 'click'>): () => void {
  const overlay = strokeOverlay(map);
  const taken = capture(map, region, plane.peek()!);
  /** what the line drawn goes through, kept on the ground: the map may move meanwhile */
  let line: PlanePoint[] = [];

  const redraw = () => {
    const points = line.map(taken.toScreen);
    if (inHand !== 'box' || points.length < 2) return overlay.outline(points, inHand === 'lasso');
    const [a, b] = [points[0]!, points.at(-1)!];
    overlay.outline([a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }], true);
  };
  const drop = () => {
    line = [];
    overlay.outline([], false);
  };
  const isBrush = inHand === 'brush' || inHand === 'erase';

  const stroke = (from: { x: number; y: number }, to: { x: number; y: number }) => {
    if (inHand === 'box' || inHand === 'lasso') {
      line.push(taken.toPlane(to));
      redraw();
    } else {
      const radius = isBrush ? brushRadius.peek() : 0;
      const under = taken.under(from, to, radius);
      // At once: each sweep that takes something counts and paints anew.
      sweep(radius > 0 ? [...under, ...taken.along(from, to, radius)] : under);
    }
  };

  const handlers: StrokeHandlers = {
    begin(at) {
      const adds = addsAt(inHand, taken.unitAt(at)) !== at.turned;
      beginGesture(inHand, adds);
      stroke(at, at);
    },
    move(from, to) {
      if (underWay.peek()) stroke(from, to);
    },
    end() {
      if (!underWay.peek()) return drop();
      if (inHand === 'box' && line.length > 1) sweep(taken.inBox(line[0]!, line.at(-1)!));
      if (inHand === 'lasso') sweep(taken.inOutline(line));
      drop();
      endGesture();
    },
    cancel() {
      drop();
      cancelGesture();
    },
    hover: (at) => overlay.brush(at, isBrush ? brushRadius.peek() : 0),
  };
  const release = followStrokes(map, handlers);
  // Escape drops the gesture from the keyboard: its line goes too.
  const unfollow = effect(() => {
    if (underWay.value === null) untracked(drop);
  });
  map.on('move', redraw);
  return () => {
    map.off('move', redraw);
    unfollow();
    release();
    overlay.remove();
  };
}

/** Whether a gesture that starts on a unit puts units in. */
function addsAt(inHand: Tool, unit: number | null): boolean {
  if (inHand === 'erase') return false;
  // The side that the boundary is dragged from wins what it crosses.
  if (inHand === 'edge') return unit !== null && settledUnits.peek().has(unit);
  return inHand === 'brush' || !takesOut.peek();
}
