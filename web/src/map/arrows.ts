import type { Feature, FeatureCollection } from 'geojson';
import type { Arrow } from './scene.ts';

const STEPS = 16;
/** how far the curve bows out, as a share of its length */
const BOW = 0.12;

/**
 * Arrows as curves and heads. Curves all bow to the right of their direction, so that the way there
 * and the way back would not lie on each other. Width follows patients; rank fades.
 */
export function arrowFeatures(arrows: readonly Arrow[]): FeatureCollection {
  const largest = Math.max(...arrows.map(({ patients }) => patients), 0);
  const features: Feature[] = [];
  for (const arrow of arrows) {
    const line = curve(arrow);
    const properties = {
      rank: arrow.rank,
      width: 1 + 6 * Math.sqrt(largest > 0 ? arrow.patients / largest : 0),
      opacity: Math.max(0.3, 0.9 - 0.07 * arrow.rank),
    };
    const head = Math.round(STEPS * (arrow.headAt ?? 1));
    const [before, tip] = [line[head - 1]!, line[head]!];
    features.push(
      { type: 'Feature', properties, geometry: { type: 'LineString', coordinates: line } },
      {
        type: 'Feature',
        properties: { ...properties, bearing: bearing(before, tip) },
        geometry: { type: 'Point', coordinates: tip },
      },
    );
  }
  return { type: 'FeatureCollection', features };
}

function curve({ from, to }: Arrow): [number, number][] {
  const stretch = Math.cos((from[1] * Math.PI) / 180);
  const [dx, dy] = [(to[0] - from[0]) * stretch, to[1] - from[1]];
  const control: [number, number] = [
    (from[0] + to[0]) / 2 + (dy * BOW * 2) / stretch,
    (from[1] + to[1]) / 2 - dx * BOW * 2,
  ];
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const t = step / STEPS;
    const at = (k: 0 | 1) => (1 - t) ** 2 * from[k] + 2 * t * (1 - t) * control[k] + t ** 2 * to[k];
    return [at(0), at(1)];
  });
}

/** Degrees clockwise from north, on the flat map. */
function bearing([x, y]: [number, number], [X, Y]: [number, number]): number {
  const stretch = Math.cos((y * Math.PI) / 180);
  return (Math.atan2((X - x) * stretch, Y - y) * 180) / Math.PI;
}
