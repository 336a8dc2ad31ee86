import type { MultiPolygon, Position } from 'geojson';
import { noTerritory, tooManyVertices, truncated, unreadable } from '../refusals.ts';
import { limits } from '../territory-file.ts';
import { nestRings } from './rings.ts';

/** Polygon, with heights, with measures: the plane coordinates are at the same place in each. */
const polygonTypes = new Set([5, 15, 25]);

/**
 * The polygons of a `.shp`, in the units of the file; null where a record has no shape.
 *
 * Format: ESRI Shapefile Technical Description, 1998.
 *
 * @throws DomainError `truncated_file`, `unreadable_file`, `no_territory`, `too_many_vertices`
 */
export function readShapes(bytes: Uint8Array, file: string): (MultiPolygon | null)[] {
  if (bytes.length < 100) throw truncated(file, 'le .shp n’a même pas son en-tête');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getInt32(0) !== 9994) throw unreadable(file, 'son .shp n’est pas un Shapefile');
  const announced = view.getInt32(24) * 2;
  if (announced > bytes.length) {
    throw truncated(file, `le .shp a ${bytes.length} octets au lieu de ${announced}`);
  }
  const type = view.getInt32(32, true);
  if (!polygonTypes.has(type)) {
    throw noTerritory(file, 'sa couche contient des points ou des lignes, et non des surfaces');
  }
  const shapes: (MultiPolygon | null)[] = [];
  let vertices = 0;
  for (let at = 100; at + 8 <= announced; ) {
    const length = view.getInt32(at + 4) * 2;
    const start = at + 8;
    if (length < 4 || start + length > announced) {
      throw truncated(file, `la forme n° ${shapes.length + 1} du .shp est coupée`);
    }
    const record = new DataView(bytes.buffer, bytes.byteOffset + start, length);
    if (record.getInt32(0, true) === 0) shapes.push(null);
    else {
      const rings = readRings(record, file, shapes.length + 1);
      vertices += rings.reduce((sum, ring) => sum + ring.length, 0);
      if (vertices > limits.vertices) throw tooManyVertices(file);
      const coordinates = nestRings(rings);
      shapes.push(coordinates.length > 0 ? { type: 'MultiPolygon', coordinates } : null);
    }
    at = start + length;
  }
  return shapes;
}

function readRings(record: DataView, file: string, number: number): Position[][] {
  const broken = () => truncated(file, `la forme n° ${number} du .shp est coupée`);
  if (record.byteLength < 44) throw broken();
  const parts = record.getInt32(36, true);
  const points = record.getInt32(40, true);
  const first = 44 + 4 * parts;
  if (parts < 0 || points < 0 || first + 16 * points > record.byteLength) throw broken();
  const rings: Position[][] = [];
  for (let part = 0; part < parts; part++) {
    const from = record.getInt32(44 + 4 * part, true);
    const to = part + 1 < parts ? record.getInt32(48 + 4 * part, true) : points;
    if (from < 0 || to < from || to > points) throw broken();
    const ring: Position[] = [];
    for (let k = from; k < to; k++) {
      const at = first + 16 * k;
      ring.push([record.getFloat64(at, true), record.getFloat64(at + 8, true)]);
    }
    if (ring.length >= 4) rings.push(ring);
  }
  return rings;
}
