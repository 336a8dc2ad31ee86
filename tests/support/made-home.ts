import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/pglite/pool.ts';

export interface MadeHome {
  /** a home whose database is migrated and holds nothing, to copy */
  home: string;
  /** file of the same database as `EmbeddedPool.dump` gives it */
  dump: string;
}

const key = Symbol.for('maillage tests: made home');

/**
 * Makes the embedded database from nothing, once for the whole run: that takes four times the
 * processor of opening one. Each project loads its own copy of this module, hence the global.
 */
export function madeHome(): Promise<MadeHome> {
  const shared = globalThis as { [key]?: Promise<MadeHome> };
  shared[key] ??= make();
  return shared[key];
}

async function make(): Promise<MadeHome> {
  const home = mkdtempSync(join(tmpdir(), 'maillage-made-'));
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  const dump = join(home, 'empty.tar');
  mkdirSync(join(home, 'home'));
  const pool = await openEmbedded({ dataDir: join(home, 'home', 'pglite'), template: null });
  const database = await prepare('pglite', pool, () => {});
  writeFileSync(dump, await pool.dump());
  await database.close();
  // What `openDatabase` leaves to tell a whole database from one cut short.
  writeFileSync(join(home, 'home', 'pglite-made'), '');
  return { home: join(home, 'home'), dump };
}
