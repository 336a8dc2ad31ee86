import { join } from 'node:path';
import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import { DomainError } from '../errors.ts';
import { type CopySessions, copySessions } from './copy-rows.ts';
import { migrate } from './migrator.ts';
import { lockHome } from './pglite/home-lock.ts';
import { openEmbedded } from './pglite/pool.ts';
import { openPool } from './postgres.ts';
import type { Schema } from './schema.ts';

export interface Database {
  engine: 'pglite' | 'postgis';
  /** version of PostGIS, e.g. `3.6` */
  postgis: string;
  kysely: Kysely<Schema>;
  /** Runs `work` in one transaction whose connection can also copy rows in. */
  withCopy: CopySessions;
  close(): Promise<void>;
}

/** Opens PostGIS at `databaseUrl`, or the embedded database in `home`, and brings it up to date. */
export async function openDatabase(where: {
  databaseUrl: string | null;
  home: string;
}): Promise<Database> {
  if (where.databaseUrl) {
    return prepare('postgis', await openPool(where.databaseUrl), () => {});
  }
  const unlock = lockHome(where.home);
  try {
    const pool = await openEmbedded({ dataDir: join(where.home, 'pglite'), template: null });
    return await prepare('pglite', pool, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Checks PostGIS and migrates; the pool is closed when that fails. */
export async function prepare(
  engine: Database['engine'],
  pool: PostgresPool,
  afterClose: () => void,
): Promise<Database> {
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    const postgis = await ensurePostgis(kysely);
    await migrate(kysely);
    return {
      engine,
      postgis,
      kysely,
      withCopy: copySessions(pool),
      async close() {
        await kysely.destroy();
        afterClose();
      },
    };
  } catch (error) {
    await kysely.destroy().catch(() => {});
    throw error;
  }
}

async function ensurePostgis(kysely: Kysely<Schema>): Promise<string> {
  try {
    await sql`create extension if not exists postgis`.execute(kysely);
    const { rows } = await sql<{
      version: string;
    }>`select split_part(postgis_version(), ' ', 1) as version`.execute(kysely);
    return rows[0]?.version ?? 'unknown';
  } catch (cause) {
    throw new DomainError(
      'postgis_missing',
      'La base de données n’a pas l’extension PostGIS : installez-la sur le serveur (paquet postgresql-15-postgis-3 sous Debian), puis exécutez « CREATE EXTENSION postgis » dans cette base avec un compte qui en a le droit.',
      undefined,
      { cause },
    );
  }
}
