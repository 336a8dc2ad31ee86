import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Kysely, Migrator, PostgresDialect, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from '../../server/db/migrator.ts';
import { openEmbedded } from '../../server/db/pglite/pool.ts';
import { openPool } from '../../server/db/postgres.ts';
import { cptsHistoryRepository } from '../../server/db/repositories/cpts-history.ts';
import type { Schema } from '../../server/db/schema.ts';
import { databaseUrl } from '../support/templates.ts';

const folder = new URL('../../migrations/', import.meta.url);
const BEFORE = '20261122T0500-sectors';

let db: Kysely<Schema>;
let drop = async () => {};

/** A database as it was before CPTS had steps, with PostGIS. */
beforeAll(async () => {
  const server = inject('postgres');
  let pool: PostgresPool;
  if (server) {
    const name = `maillage_old_${randomUUID().slice(0, 8)}`;
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(`create database ${name}`);
    pool = await openPool(databaseUrl(server, name));
    drop = async () => {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    };
  } else pool = await openEmbedded({ dataDir: null, template: null });
  db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  await sql`create extension if not exists postgis`.execute(db);
  const names = readdirSync(folder).map((name) => name.replace(/\.sql$/, ''));
  const up = (name: string) => async (on: Kysely<unknown>) =>
    void (await sql.raw(readFileSync(new URL(`${name}.sql`, folder), 'utf8')).execute(on));
  const migrations = Object.fromEntries(names.map((name) => [name, { up: up(name) }]));
  const provider = { getMigrations: async () => migrations };
  const { error } = await new Migrator({ db, provider }).migrateTo(BEFORE);
  if (error) throw error;
});
afterAll(async () => {
  await db.destroy();
  await drop();
});

test('CPTS of before get their steps and the days of their versions from what is known', async () => {
  // Late in the evening of UTC it is the next day in Paris.
  await sql`insert into cpts (name, status, version, created_at) values
    ('Reconnue, puis close', 'closed', 2, '2026-01-10T10:00Z'),
    ('Reconnue sans trace', 'aci_signed', 1, '2026-02-01T23:30Z'),
    ('Idée', 'idea', 1, '2026-03-01T10:00Z')`.execute(db);
  await sql`insert into cpts_version (cpts, number, author, at, units) values
    (1, 1, 'Léa', '2026-01-10T10:00Z', '{45001,45002}'),
    (1, 2, 'Ali', '2026-01-20T10:00Z', '{45001}'),
    (2, 1, 'Léa', '2026-02-01T23:30Z', '{45003}'),
    (3, 1, 'Léa', '2026-03-01T10:00Z', '{45004}')`.execute(db);
  await sql`insert into event (actor, verb, subject, at) values
    ('Léa', 'create', 'cpts/1', '2026-01-10T10:00Z'),
    ('Agent', 'recognise', 'cpts/1', '2026-02-05T10:00Z'),
    ('Agente', 'close', 'cpts/1', '2026-03-07T10:00Z')`.execute(db);
  await migrate(db);

  const history = cptsHistoryRepository(db);
  const steps = async (id: number) =>
    (await history.steps(id)).map(({ step, status, since, by }) => [step, status, since, by]);
  expect(await steps(1)).toEqual([
    ['create', 'idea', '2026-01-10', 'Léa'],
    ['accept_territory', 'territory_accepted', '2026-02-05', 'Agent'],
    ['close', 'closed', '2026-03-07', 'Agente'],
  ]);
  expect(await steps(2)).toEqual([
    ['create', 'idea', '2026-02-02', 'Léa'],
    ['sign_contract', 'aci_signed', '2026-02-02', 'Léa'],
  ]);
  expect(await steps(3)).toEqual([['create', 'idea', '2026-03-01', 'Léa']]);

  const phases = async (id: number) =>
    (await history.phases(id)).map(({ since, until, status, version, units, recognised }) => [
      since,
      until,
      status,
      recognised,
      version,
      units,
    ]);
  expect(await phases(1)).toEqual([
    ['2026-01-10', '2026-01-20', 'idea', false, 1, 2],
    ['2026-01-20', '2026-02-05', 'idea', false, 2, 1],
    ['2026-02-05', '2026-03-07', 'territory_accepted', true, 2, 1],
    ['2026-03-07', null, 'closed', false, 2, 1],
  ]);
  expect(await phases(2)).toEqual([['2026-02-02', null, 'aci_signed', true, 1, 1]]);
  expect(await phases(3)).toEqual([['2026-03-01', null, 'idea', false, 1, 1]]);

  const { rows } = await sql<{ id: number; since: string; states: string }>`
    select c.id, c.since::text, (select string_agg(v.state, ' ' order by v.number)
      from cpts_version v where v.cpts = c.id) as states from cpts c order by c.id`.execute(db);
  expect(rows).toEqual([
    { id: 1, since: '2026-03-07', states: 'replaced in_force' },
    { id: 2, since: '2026-02-02', states: 'in_force' },
    { id: 3, since: '2026-03-01', states: 'in_force' },
  ]);
  // What was recorded before stays, and nothing more is written over it.
  const events = await sql<{ kept: number }>`
    select count(*)::int as kept from event where request_id is null and account is null`.execute(
    db,
  );
  expect(events.rows[0]?.kept).toBe(3);
});
