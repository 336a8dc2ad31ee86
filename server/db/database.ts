import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import { DomainError } from '../errors.ts';
import { type CopyRows, copyRows } from './copy-rows.ts';
import { migrate } from './migrator.ts';
import { lockHome } from './pglite/home-lock.ts';
import { openEmbedded } from './pglite/pool.ts';
import { holdDatabase, openPool } from './postgres.ts';
import { flowStagingRepository } from './repositories/flow-staging.ts';
import type { Schema } from './schema.ts';

export interface Database {
  engine: 'pglite' | 'postgis';
  /** version of PostGIS, e.g. `3.6` */
  postgis: string;
  kysely: Kysely<Schema>;
  copyRows: CopyRows;
  close(): Promise<void>;
}

/** Opens PostGIS at `databaseUrl`, or the embedded database in `home`, and brings it up to date. */
export async function openDatabase(where: {
  databaseUrl: string | null;
  home: string;
}): Promise<Database> {
  if (where.databaseUrl) {
    const pool = await openPool(where.databaseUrl);
    const release = await holdDatabase(where.databaseUrl).catch(async (error) => {
      await pool.end();
      throw error;
    });
    return prepare('postgis', pool, release).catch(async (error) => {
      await release();
      throw error;
    });
  }
  const unlock = lockHome(where.home);
  try {
    const folder = join(where.home, 'pglite');
    const made = join(where.home, 'pglite-made');
    // A first start that was killed leaves files that look like a database and are not one.
    if (!existsSync(made)) rmSync(folder, { recursive: true, force: true });
    const pool = await openEmbedded({ dataDir: folder, template: null });
    const database = await prepare('pglite', pool, unlock);
    writeFileSync(made, '');
    return database;
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Checks PostGIS and migrates; the pool is closed when that fails. */
export async function prepare(
  engine: Database['engine'],
  pool: PostgresPool,
  afterClose: () => void | Promise<void>,
): Promise<Database> {
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    const postgis = await ensurePostgis(kysely);
    await migrate(kysely);
    await flowStagingRepository(kysely).dropLeftOver();
    return {
      engine,
      postgis,
      kysely,
      copyRows: copyRows(pool),
      async close() {
        await kysely.destroy();
        await afterClose();
      },
    };
  } catch (error) {
    await kysely.destroy().catch(() => {});
    throw error;
  }
}

/** SQLSTATE of an extension that is not on the server, or that this account may not create. */
const cannotInstall = new Set(['0A000', '58P01', '42501', '42704', '42883']);

async function ensurePostgis(kysely: Kysely<Schema>): Promise<string> {
  try {
    await sql`create extension if not exists postgis`.execute(kysely);
    const { rows } = await sql<{
      version: string;
    }>`select split_part(postgis_version(), ' ', 1) as version`.execute(kysely);
    return rows[0]?.version ?? 'unknown';
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (!cannotInstall.has(code ?? '')) throw cause;
    throw new DomainError(
      'postgis_missing',
      'La base de données n’a pas l’extension PostGIS : installez-la sur le serveur (paquet postgresql-15-postgis-3 sous Debian), puis exécutez « CREATE EXTENSION postgis » dans cette base avec un compte qui en a le droit.',
      undefined,
      { cause },
    );
  }
}
