import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const BLOCK = 512;

/** What `create extension postgis` and its functions read; rasters, topology, geocoder left out. */
const needed = [
  /^lib\/postgresql\/postgis-3\.so$/,
  /^share\/proj\//,
  /^share\/postgresql\/extension\/postgis(\.control|--\d+\.\d+\.\d+\.sql)$/,
];

const cache = fileURLToPath(new URL('../../../dist', import.meta.url));

/**
 * PGlite unpacks and links the whole of PostGIS at each opening, 95 MB of which we use a third. The
 * third is kept uncompressed in `dist/`; `whole`, the bundle of the package, is answered where that
 * folder cannot be written.
 */
export function postgisBundle(whole: URL, folder = cache): URL {
  // The size tells one version of the package from another.
  const kept = join(folder, `postgis-${statSync(whole).size}.tar.gz`);
  if (existsSync(kept)) return pathToFileURL(kept);
  const own = `${kept}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(own, gzipSync(neededFiles(gunzipSync(readFileSync(whole))), { level: 0 }));
    // Whole or not at all: another process may be opening its own database.
    renameSync(own, kept);
    return pathToFileURL(kept);
  } catch (error) {
    if (!cannotWrite.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return whole;
  }
}

const cannotWrite = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR']);

/** The needed entries of a tar, as they are in it: a header of one block, then whole blocks. */
function neededFiles(tar: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const name = field(tar, at, 100);
    const size = Number.parseInt(field(tar, at + 124, 12), 8);
    const end = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (needed.some((pattern) => pattern.test(name))) parts.push(tar.subarray(at, end));
    at = end;
  }
  parts.push(new Uint8Array(2 * BLOCK));
  return Buffer.concat(parts);
}

/** Text of a header up to its first zero byte. */
function field(tar: Uint8Array, at: number, length: number): string {
  const bytes = tar.subarray(at, at + length);
  const zero = bytes.indexOf(0);
  return Buffer.from(zero < 0 ? bytes : bytes.subarray(0, zero)).toString('latin1');
}
