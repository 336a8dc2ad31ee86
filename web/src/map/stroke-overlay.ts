import type { Map as MapLibreMap } from 'maplibre-gl';
import type { ScreenPoint } from './strokes.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** What a gesture shows over the map besides the communes: its outline, the size of the brush. */
export interface StrokeOverlay {
  outline(points: readonly ScreenPoint[], closed: boolean): void;
  /** radius in px; 0 hides it */
  brush(at: ScreenPoint | null, radius: number): void;
  remove(): void;
}

export function strokeOverlay(map: MapLibreMap): StrokeOverlay {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'stroke-overlay');
  svg.setAttribute('aria-hidden', 'true');
  const path = svg.appendChild(document.createElementNS(SVG, 'path'));
  const ring = svg.appendChild(document.createElementNS(SVG, 'circle'));
  ring.setAttribute('visibility', 'hidden');
  map.getContainer().append(svg);
  return {
    outline(points, closed) {
      const line = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
      path.setAttribute('d', points.length > 0 ? `M${line}${closed ? 'Z' : ''}` : '');
    },
    brush(at, radius) {
      ring.setAttribute('visibility', at && radius > 0 ? 'visible' : 'hidden');
      if (!at) return;
      ring.setAttribute('cx', String(at.x));
      ring.setAttribute('cy', String(at.y));
      ring.setAttribute('r', String(radius));
    },
    remove: () => svg.remove(),
  };
}
