import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Config, readConfig } from '../../server/config.ts';
import { openDatabase } from '../../server/db/database.ts';
import { lockHome } from '../../server/db/pglite/home-lock.ts';
import { startServer } from '../../server/main.ts';
import { EMPTY_TEMPLATE, databaseUrl as urlOf } from '../support/templates.ts';

const silent = { begin() {}, progress() {}, end() {} };

describe('a start that cannot go on', () => {
  let home: string;
  let config: Config;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'maillage-start-'));
    config = readConfig(['--port', '0', '--home', home], {}).config;
  });
  afterAll(() => rmSync(home, { recursive: true }));

  test('a taken port is known before any work', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    await expect(startServer({ ...config, port }, silent)).rejects.toMatchObject({
      code: 'port_taken',
      message: expect.stringContaining(String(port)),
    });
    other.close();
  });

  test('a database that does not answer: health says so, without its password', async () => {
    const unreachable = 'postgres://somebody:secret@127.0.0.1:1/maillage';
    const server = await startServer({ ...config, databaseUrl: unreachable }, silent);
    await expect(server.loaded).rejects.toMatchObject({ code: 'database_unreachable' });
    const answer = await fetch(`${server.address}/api/health`);
    expect(answer.status).toBe(503);
    const body = (await answer.json()) as { error: { message: string } };
    expect(body).toMatchObject({ status: 'failed', error: { code: 'load_failed' } });
    expect(body.error.message).toContain('127.0.0.1:1/maillage');
    expect(JSON.stringify(body)).not.toContain('secret');
    await server.stop();
  });

  test('an unknown region or folder is told before a database is made', async () => {
    for (const [wrong, code] of [
      [{ region: 'Atlantide' }, 'unknown_region'],
      [{ data: join(home, 'nowhere') }, 'no_such_file'],
    ] as const) {
      const server = await startServer({ ...config, ...wrong }, silent);
      await expect(server.loaded).rejects.toMatchObject({ code });
      await server.stop();
      expect(existsSync(join(home, 'pglite'))).toBe(false);
    }
  });

  test('a home in use is refused; a lock left by a dead process is not', () => {
    const release = lockHome(home);
    writeFileSync(join(home, 'lock'), '1');
    expect(() => lockHome(home)).toThrow(/processus 1\).*\/lock/);
    release();
    expect(() => lockHome(home)).toThrow(/processus 1\)/);
    writeFileSync(join(home, 'lock'), '999999999');
    expect(() => lockHome(home)).not.toThrow();
    release();
  });

  test.skipIf(!inject('postgres'))(
    'for other machines, without accounts: it ends at once',
    async () => {
      const server = inject('postgres') ?? '';
      const name = `maillage_open_${randomUUID().slice(0, 8)}`;
      const admin = new pg.Client({ connectionString: server });
      await admin.connect();
      await admin.query(`create database ${name} template ${EMPTY_TEMPLATE}`);
      const env = { MAILLAGE_PUBLIC_ADDRESS: 'https://maillage.example.org' };
      const asked = readConfig(['--port', '0', '--home', home], env).config;
      const started = await startServer({ ...asked, databaseUrl: urlOf(server, name) }, silent);
      await expect(started.loaded).rejects.toMatchObject({
        code: 'accounts_needed',
        message: expect.stringContaining('MAILLAGE_ACCOUNTS=on'),
      });
      // Nothing is served meanwhile.
      expect((await fetch(`${started.address}/api/cpts`)).status).not.toBe(200);
      await started.stop();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  );

  test.skipIf(!inject('postgres'))('a second program on one PostgreSQL is refused', async () => {
    const server = inject('postgres') ?? '';
    const name = `maillage_held_${randomUUID().slice(0, 8)}`;
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(`create database ${name}`);
    const databaseUrl = urlOf(server, name);
    const first = await openDatabase({ databaseUrl, home });
    await expect(openDatabase({ databaseUrl, home })).rejects.toMatchObject({
      code: 'database_in_use',
    });
    await first.close();
    const second = await openDatabase({ databaseUrl, home });
    await second.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });

  test.skipIf(!inject('postgres'))(
    'an absent database is told apart from an absent server',
    async () => {
      const databaseUrl = urlOf(inject('postgres') ?? '', 'maillage_absent');
      await expect(openDatabase({ databaseUrl, home })).rejects.toMatchObject({
        code: 'database_unreachable',
        message: expect.stringContaining('n’existe pas'),
      });
    },
  );

  test.skipIf(!inject('postgres'))('PostGIS missing, and no right to install it', async () => {
    const server = inject('postgres') ?? '';
    const name = `maillage_bare_${randomUUID().slice(0, 8)}`;
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.query(`create role ${name} login`);
    const url = new URL(urlOf(server, name));
    url.username = name;
    await expect(openDatabase({ databaseUrl: url.href, home })).rejects.toMatchObject({
      code: 'postgis_missing',
      message: expect.stringContaining('CREATE EXTENSION postgis'),
    });
    await admin.query(`drop database ${name} with (force)`);
    await admin.query(`drop role ${name}`);
    await admin.end();
  });
});

test('configuration: options win over variables, nonsense is refused', () => {
  const env = { PORT: '4000', MAILLAGE_REGION: 'bretagne', MAILLAGE_GEO_API: 'off' };
  expect(readConfig(['--region', '84'], env).config).toMatchObject({
    port: 4000,
    region: '84',
    geoApi: null,
    host: '127.0.0.1',
    databaseUrl: null,
    data: null,
  });
  expect(() => readConfig([], { PORT: 'trois' })).toThrow(/« trois »/);
  expect(() => readConfig(['--regoin', '24'], {})).toThrow(/--region/);
});
