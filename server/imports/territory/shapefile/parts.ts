import { basename } from 'node:path';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { DomainError } from '../../../errors.ts';
import { noTerritory, truncated, unreadable } from '../refusals.ts';
import { limits } from '../territory-file.ts';

/** The files of one Shapefile in a zip. */
export interface ShapefileParts {
  /** name without extension */
  title: string;
  shp: Uint8Array;
  dbf: Uint8Array;
  prj: Uint8Array | null;
  cpg: Uint8Array | null;
}

const wanted = ['shp', 'shx', 'dbf', 'prj', 'cpg'] as const;
type Extension = (typeof wanted)[number];

/**
 * The Shapefiles of a zip, by name. Sizes that the zip announces are added up before anything is
 * inflated, and no part is inflated beyond the size announced: a zip bomb is refused.
 *
 * @throws DomainError `truncated_file`, `unreadable_file`, `zip_too_large`, `shapefile_incomplete`,
 *   `no_territory`
 */
export function shapefileParts(bytes: Uint8Array, file: string): ShapefileParts[] {
  const found = new Map<string, Partial<Record<Extension, Uint8Array>>>();
  const entries = unzip(bytes, file);
  for (const [path, content] of entries) {
    const stem = path.slice(0, path.lastIndexOf('.'));
    const parts = found.get(stem) ?? {};
    parts[extensionOf(path) as Extension] = content;
    found.set(stem, parts);
  }
  const shapes = [...found].filter(([, { shp }]) => shp).sort(([a], [b]) => (a < b ? -1 : 1));
  if (shapes.length === 0) {
    throw noTerritory(
      file,
      'le zip n’a pas de Shapefile (.shp) ; mettez-y les fichiers .shp, .shx, .dbf et .prj de la couche',
    );
  }
  return shapes.map(([stem, { shp, shx, dbf, prj, cpg }]) => {
    const missing = [shx ? '' : '.shx', dbf ? '' : '.dbf'].filter(Boolean);
    if (missing.length > 0) throw incomplete(file, basename(stem), missing);
    return { title: basename(stem), shp: shp!, dbf: dbf!, prj: prj ?? null, cpg: cpg ?? null };
  });
}

function unzip(bytes: Uint8Array, file: string): [string, Uint8Array][] {
  let total = 0;
  let count = 0;
  const filter = ({ name, originalSize }: UnzipFileInfo) => {
    count++;
    if (count > limits.zipEntries) throw tooLarge(file);
    const base = basename(name);
    if (name.startsWith('__MACOSX') || base.startsWith('._')) return false;
    if (!wanted.includes(extensionOf(name) as Extension)) return false;
    total += originalSize;
    if (total > limits.unzippedBytes) throw tooLarge(file);
    return true;
  };
  try {
    return Object.entries(unzipSync(bytes, { filter }));
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw hasEnd(bytes)
      ? unreadable(file, 'c’est un zip abîmé ou chiffré ; refaites-le, puis recommencez', cause)
      : truncated(file, 'la fin du zip manque');
  }
}

/** The record that ends every zip, in its last 64 kilobytes. */
function hasEnd(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.slice(-66_000)).includes('PK\u0005\u0006', 0, 'latin1');
}

const extensionOf = (path: string) => path.slice(path.lastIndexOf('.') + 1).toLowerCase();

function tooLarge(file: string): DomainError {
  return new DomainError(
    'zip_too_large',
    `Le zip « ${file} », une fois décompressé, dépasse ${limits.unzippedBytes / 2 ** 20} Mo ou ${limits.zipEntries} fichiers : gardez-y seulement la couche qui vous intéresse.`,
    { file, limit: limits.unzippedBytes },
  );
}

function incomplete(file: string, title: string, missing: string[]): DomainError {
  return new DomainError(
    'shapefile_incomplete',
    `Dans « ${file} », la couche « ${title} » n’a pas ${missing.join(' ni ')} à côté de son .shp : mettez dans le zip tous les fichiers de la couche (.shp, .shx, .dbf, .prj).`,
    { file, layer: title, missing },
  );
}
