import type { MultiPolygon, Polygon, Position } from 'geojson';

/** An outline fit for the database, or why it is not: end of a French sentence. */
export type Outline =
  | { geometry: Polygon | MultiPolygon; closed: number; refusal: null }
  | { geometry: null; refusal: string };

/**
 * Checks the shape of a GeoJSON geometry: (Multi)Polygon, rings of at least 4 positions, WGS 84
 * degrees. Drops heights and closes rings left open. Crossing edges are left to the database.
 */
export function readOutline(raw: unknown): Outline {
  if (raw === null || raw === undefined) return refuse('n’a pas de contour');
  const { type, coordinates } = raw as { type?: unknown; coordinates?: unknown };
  const repair = { closed: 0 };
  try {
    if (type === 'Polygon') {
      const geometry: Polygon = { type, coordinates: polygon(coordinates, repair) };
      return { geometry, closed: repair.closed, refusal: null };
    }
    if (type === 'MultiPolygon') {
      const polygons = list(coordinates).map((part) => polygon(part, repair));
      if (polygons.length === 0) return refuse('a un contour vide');
      const geometry: MultiPolygon = { type, coordinates: polygons };
      return { geometry, closed: repair.closed, refusal: null };
    }
  } catch (error) {
    if (error instanceof BadOutline) return refuse(error.message);
    throw error;
  }
  return refuse(`a une géométrie « ${String(type)} » au lieu de Polygon ou MultiPolygon`);
}

class BadOutline extends Error {}

function refuse(refusal: string): Outline {
  return { geometry: null, refusal };
}

function list(raw: unknown): unknown[] {
  if (!Array.isArray(raw)) throw new BadOutline('a un contour sans liste de coordonnées');
  return raw;
}

function polygon(raw: unknown, repair: { closed: number }): Position[][] {
  const rings = list(raw).map((part) => ring(part, repair));
  if (rings.length === 0) throw new BadOutline('a un contour vide');
  return rings;
}

function ring(raw: unknown, repair: { closed: number }): Position[] {
  const positions = list(raw).map(position);
  const first = positions[0];
  const last = positions.at(-1);
  if (first !== undefined && last !== undefined && !same(first, last)) {
    positions.push([...first]);
    repair.closed += 1;
  }
  if (positions.length < 4) throw new BadOutline('a un contour de moins de trois côtés');
  return positions;
}

function position(raw: unknown): Position {
  const [x, y] = list(raw) as [unknown, unknown];
  if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x + y)) {
    throw new BadOutline('a un contour dont une coordonnée n’est pas un nombre');
  }
  if (Math.abs(x) > 180 || Math.abs(y) > 90) {
    throw new BadOutline(
      `a des coordonnées qui ne sont pas des degrés (${x}, ${y} : des mètres Lambert-93 ?), reprojetez le fichier en WGS 84 (EPSG:4326), par exemple avec QGIS ou ogr2ogr -t_srs EPSG:4326`,
    );
  }
  return [x, y];
}

function same(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
