import type { MultiPolygon } from 'geojson';
import type { Border } from '../core/graph/border-columns.ts';
import { borderLines } from '../core/graph/borders.ts';
import { serveTask } from './task.ts';

export interface BordersTask {
  /** sorted by code; outlines are GeoJSON MultiPolygon text */
  units: { code: string; outline: string }[];
}

await serveTask<BordersTask, Border[]>(({ units }) => {
  const polygons = units.map(({ outline }) => (JSON.parse(outline) as MultiPolygon).coordinates);
  const code = (i: number) => units[i]?.code ?? '';
  return borderLines(polygons).map(({ a, b, lengthM, lines }) => ({
    a: code(a),
    b: b < 0 ? null : code(b),
    lengthM,
    lines,
  }));
});
