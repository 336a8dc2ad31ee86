import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, prepare } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/pglite/pool.ts';
import { openPool } from '../../server/db/postgres.ts';
import { keepAsMade } from './as-made.ts';
import { databaseUrl, EMPTY_TEMPLATE, REGION_TEMPLATE } from './templates.ts';

export type Engine = Database['engine'];

/** Database tests run on PGlite, and on PostGIS too when TEST_DATABASE_URL names a server. */
export const engines: Engine[] = inject('postgres') ? ['pglite', 'postgis'] : ['pglite'];

interface Reused {
  database: Database;
  putBack(): Promise<void>;
}
/** Databases of the small region that the tests before gave back, as they were made. */
const idle: Reused[] = [];

/**
 * A database of one's own, cloned from a template: migrated, with or without the small region. That
 * of the small region on PGlite is handed on from file to file, put back as it was made: a clone
 * takes three seconds of processor.
 */
export async function openTestDatabase(
  engine: Engine,
  holding: 'nothing' | 'region' = 'region',
): Promise<Database> {
  const server = inject('postgres');
  if (engine === 'pglite' || !server) {
    if (holding === 'nothing') return cloneEmbedded(inject('emptyDump'));
    const reused = idle.pop() ?? (await reusable(await cloneEmbedded(inject('regionDump'))));
    return {
      ...reused.database,
      async close() {
        await reused.putBack();
        idle.push(reused);
      },
    };
  }
  const name = `maillage_test_${randomUUID().replaceAll('-', '')}`;
  const template = holding === 'region' ? REGION_TEMPLATE : EMPTY_TEMPLATE;
  await administer(server, `create database ${name} template ${template}`);
  const database = await prepare('postgis', await openPool(databaseUrl(server, name)), () => {});
  return {
    ...database,
    async close() {
      await database.close();
      await administer(server, `drop database ${name} with (force)`);
    },
  };
}

async function cloneEmbedded(dump: string): Promise<Database> {
  const pool = await openEmbedded({ dataDir: null, template: readFileSync(dump) });
  return prepare('pglite', pool, () => {});
}

async function reusable(database: Database): Promise<Reused> {
  return { database, putBack: await keepAsMade(database) };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}
