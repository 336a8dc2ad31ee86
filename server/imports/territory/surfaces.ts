import type { MultiPolygon, Position } from 'geojson';
import { readOutline } from '../outline.ts';
import type { Box } from './projection.ts';

type Rings = Position[][];

/** Polygons of a GeoJSON geometry, of whatever is collected in it; empty where there is no surface. */
export function polygonsOf(raw: unknown): unknown[] {
  const { type, coordinates, geometries } = (raw ?? {}) as Record<string, unknown>;
  if (type === 'Polygon') return [coordinates];
  if (type === 'MultiPolygon') return Array.isArray(coordinates) ? coordinates : [coordinates];
  if (type === 'GeometryCollection' && Array.isArray(geometries)) {
    return geometries.flatMap(polygonsOf);
  }
  return [];
}

/** Calls `visit` for each position of polygons whose shape is not known to be right yet. */
function eachPosition(raw: unknown, visit: (position: unknown[]) => void): void {
  if (!Array.isArray(raw)) return;
  if (typeof raw[0] === 'number') visit(raw);
  else for (const part of raw) eachPosition(part, visit);
}

export interface Extent {
  box: Box;
  vertices: number;
}

/** How many positions there are, and the box around them. */
export function extentOf(polygons: readonly unknown[]): Extent {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  let vertices = 0;
  eachPosition(polygons, ([x, y]) => {
    vertices++;
    box[0] = Math.min(box[0], Number(x));
    box[1] = Math.min(box[1], Number(y));
    box[2] = Math.max(box[2], Number(x));
    box[3] = Math.max(box[3], Number(y));
  });
  return { box, vertices };
}

/**
 * A MultiPolygon in degrees, rings closed, heights dropped; or the end of a French sentence that
 * says why it cannot be.
 */
export function surfaceOf(
  polygons: unknown[],
  toDegrees: ((position: Position) => Position) | null,
): MultiPolygon | string {
  const converted = toDegrees ? convert(polygons, toDegrees) : polygons;
  const { geometry, refusal } = readOutline({ type: 'MultiPolygon', coordinates: converted });
  if (geometry === null) return refusal;
  return { type: 'MultiPolygon', coordinates: geometry.coordinates as Rings[] };
}

function convert(raw: unknown, toDegrees: (position: Position) => Position): unknown {
  if (!Array.isArray(raw)) return raw;
  if (typeof raw[0] !== 'number') return raw.map((part) => convert(part, toDegrees));
  try {
    return toDegrees(raw as Position);
  } catch {
    return [Number.NaN, Number.NaN];
  }
}
