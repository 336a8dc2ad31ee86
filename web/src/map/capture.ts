import type { Map as MapLibreMap } from 'maplibre-gl';
import {
  alongSegment,
  inBox,
  inOutline,
  onPlane,
  type PlanePoint,
  type PointPlane,
} from '../../../server/core/drawing/sweep.ts';
import type { Region } from '../state/region.ts';
import type { ScreenPoint } from './strokes.ts';

/** Width of the world at zoom 0, px. */
const WORLD = 512;
/** How far apart the map is asked what lies under a thin stroke, px: communes are wider on screen. */
const STEP = 5;

/**
 * Which units a gesture takes. Points are in memory, so that units off screen count; what lies under
 * the pointer is asked of the map, since a large commune's point may be far from it.
 */
export function capture(map: MapLibreMap, region: Region, points: PointPlane) {
  const toPlane = ({ x, y }: ScreenPoint): PlanePoint => {
    const { lng, lat } = map.unproject([x, y]);
    return onPlane(lng, lat);
  };
  const toScreen = ({ x, y }: PlanePoint): ScreenPoint => {
    const lat = (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;
    return map.project([(x - 0.5) * 360, lat]);
  };
  const unitAt = ({ x, y }: ScreenPoint): number | null => {
    const [feature] = map.queryRenderedFeatures([x, y], { layers: ['units-fill'] });
    return region.indexOf.get(String(feature?.properties.code ?? '')) ?? null;
  };
  return {
    toPlane,
    toScreen,
    unitAt,
    /**
     * Under a stroke beyond its first point, in the order it meets them. A brush of some radius needs
     * less: what is as narrow as half of it is taken by its point.
     */
    under(from: ScreenPoint, to: ScreenPoint, radius: number): number[] {
      const step = Math.max(STEP, radius / 2);
      const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / step));
      const found = new Set<number>();
      for (let k = 1; k <= steps; k++) {
        const share = k / steps;
        const unit = unitAt({
          x: from.x + share * (to.x - from.x),
          y: from.y + share * (to.y - from.y),
        });
        if (unit !== null) found.add(unit);
      }
      return [...found];
    },
    /** Within a radius of a stroke, px. */
    along: (from: ScreenPoint, to: ScreenPoint, radius: number) =>
      alongSegment(points, toPlane(from), toPlane(to), radius / (WORLD * 2 ** map.getZoom())),
    inBox: (a: PlanePoint, b: PlanePoint) => inBox(points, a, b),
    inOutline: (outline: readonly PlanePoint[]) => inOutline(points, outline),
  };
}
