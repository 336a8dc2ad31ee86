import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { defaultGravity } from '../../server/core/flows/gravity-parameters.ts';
import { type Database, prepare } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/pglite/pool.ts';
import { openPool } from '../../server/db/postgres.ts';
import { supplyRepository } from '../../server/db/repositories/supply.ts';
import { readProfessions } from '../../server/imports/professions.ts';
import { loadRegion } from '../../server/usecases/load-region.ts';
import { modelFlows } from '../../server/usecases/model-flows.ts';
import { preparedHomes } from '../e2e/prepared-homes.ts';
import { madeHome } from './made-home.ts';
import { smallRegion, smallSupply } from './small-region.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** dump of a migrated PGlite without a region */
    emptyDump: string;
    /** dump of a PGlite that holds the small region, its flows and poles */
    regionDump: string;
    /** address of a PostgreSQL server for tests, or null; its templates are named below */
    postgres: string | null;
  }
}

export const EMPTY_TEMPLATE = 'maillage_template_empty';
export const REGION_TEMPLATE = 'maillage_template_region';

/**
 * Builds each template once for the whole run, those of the two engines at the same time, and the homes
 * of the end-to-end tests where they come next: their own set-up then waits for these.
 */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'maillage-templates-'));
  const postgres = process.env.TEST_DATABASE_URL ?? null;
  project.provide('postgres', postgres);
  const { projects } = project.vitest;
  if (projects.some(({ name }) => name === 'e2e')) preparedHomes().catch(() => {});
  await Promise.all([
    buildDumps(project, join(folder, 'region.tar')),
    postgres ? buildPostgresTemplates(postgres) : null,
  ]);
  return () => rmSync(folder, { recursive: true, force: true });
}

async function buildDumps(project: TestProject, regionDump: string): Promise<void> {
  const { dump } = await madeHome();
  project.provide('emptyDump', dump);
  const pool = await openEmbedded({ dataDir: null, template: readFileSync(dump) });
  const embedded = await prepare('pglite', pool, () => {});
  await loadSmallRegion(embedded);
  writeFileSync(regionDump, await pool.dump());
  project.provide('regionDump', regionDump);
  await embedded.close();
}

async function buildPostgresTemplates(server: string): Promise<void> {
  await buildPostgresTemplate(server, EMPTY_TEMPLATE, 'template1', async () => {});
  await buildPostgresTemplate(server, REGION_TEMPLATE, EMPTY_TEMPLATE, loadSmallRegion);
}

async function loadSmallRegion({ kysely }: Database): Promise<void> {
  await supplyRepository(kysely).describeProfessions([...readProfessions()]);
  const vintage = await loadRegion(kysely, { units: smallRegion(), supply: smallSupply() });
  await modelFlows(kysely, vintage, defaultGravity);
}

async function buildPostgresTemplate(
  server: string,
  name: string,
  from: string,
  fill: (database: Database) => Promise<void>,
): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name} template ${from}`);
  await admin.end();
  const database = await prepare('postgis', await openPool(databaseUrl(server, name)), () => {});
  await fill(database);
  await database.close();
}

/** The same server, another database. */
export function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
