import { decode } from '../../text.ts';
import type { Layer } from '../features.ts';
import { truncated } from '../refusals.ts';
import { shapefileParts } from './parts.ts';
import { readShapes } from './shapes.ts';
import { readRows } from './table.ts';

/** The layers of a zip of Shapefiles. */
export function readShapefile(bytes: Uint8Array, file: string): Layer[] {
  return shapefileParts(bytes, file).map(({ title, shp, dbf, prj, cpg }) => {
    const shapes = readShapes(shp, file);
    const rows = readRows(dbf, cpg && decode(cpg), file);
    if (rows.length < shapes.length) {
      throw truncated(file, `le .dbf a ${rows.length} lignes pour ${shapes.length} formes`);
    }
    const features = shapes.flatMap((geometry, index) => {
      const properties = rows[index];
      return properties ? [{ properties, geometry }] : [];
    });
    return { title, features, projection: prj && decode(prj).trim() };
  });
}
