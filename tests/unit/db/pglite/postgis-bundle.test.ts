import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgisBundle } from '../../../../server/db/pglite/postgis-bundle.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maillage-bundle-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** An entry of a tar: its header, then its content in blocks of 512 bytes. */
function entry(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}

test('what PostGIS needs is kept as it was, the rest is left out, once', () => {
  const kept = [
    entry('lib/postgresql/postgis-3.so', 'x'.repeat(700)),
    entry('share/proj/proj.db', 'y'.repeat(512)),
    entry('share/postgresql/extension/postgis.control', ''),
    entry('share/postgresql/extension/postgis--3.6.2.sql', 'select 1'),
  ];
  const left = [
    entry('lib/postgresql/postgis_raster-3.so', 'z'.repeat(2000)),
    entry('share/postgresql/extension/postgis--2.4.3--ANY.sql', 'a'),
    entry('share/postgresql/contrib/postgis-3.6/legacy.sql', 'b'),
  ];
  const mixed = [kept[0]!, left[0]!, kept[1]!, left[1]!, kept[2]!, left[2]!, kept[3]!];
  const file = join(folder, 'whole.tar.gz');
  writeFileSync(file, gzipSync(Buffer.concat([...mixed, Buffer.alloc(1024)])));
  const slim = postgisBundle(pathToFileURL(file), join(folder, 'cache'));
  const expected = Buffer.concat([...kept, Buffer.alloc(1024)]);
  expect(gunzipSync(readFileSync(slim)).equals(expected)).toBe(true);

  const { mtimeMs } = statSync(slim);
  expect(postgisBundle(pathToFileURL(file), join(folder, 'cache'))).toEqual(slim);
  expect(statSync(slim).mtimeMs).toBe(mtimeMs);
});

test('the whole bundle is used where nothing can be written', () => {
  const file = join(folder, 'other.tar.gz');
  writeFileSync(file, gzipSync(Buffer.alloc(1024)));
  // A file stands where the folder should be.
  const url = pathToFileURL(file);
  expect(postgisBundle(url, join(fileURLToPath(url), 'cache'))).toEqual(url);
});
