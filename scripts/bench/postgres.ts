import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL server to measure on. */
export interface Server {
  /** address of a database of its own, dropped at the end */
  url: string;
  /** what it is, for the report */
  description: string;
  close(): Promise<void>;
}

/** A new database at `databaseUrl`, else in a throw-away cluster; null where neither can be had. */
export async function openServer(databaseUrl: string | null): Promise<Server | null> {
  const cluster = databaseUrl ? null : await startCluster();
  const address = databaseUrl ?? cluster?.url;
  if (address === undefined) return null;
  const name = `maillage_bench_${randomUUID().replaceAll('-', '')}`;
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    const { rows } = await client.query<Record<string, string>>(statement);
    await client.end();
    return Object.values(rows[0] ?? {})[0] ?? '';
  };
  await administer(`create database ${name}`);
  const settings = ['server_version', 'shared_buffers', 'fsync', 'max_wal_size'];
  const shown = await Promise.all(
    settings.map(async (setting) => `${setting} ${await administer(`show ${setting}`)}`),
  );
  const url = new URL(address);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    description: `PostgreSQL (${shown.join(', ')})`,
    async close() {
      await administer(`drop database ${name} with (force)`);
      await cluster?.close();
    },
  };
}

/** The path of a program of PostgreSQL, on the PATH or where Debian puts it. */
function program(name: string): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** On two cores and with the settings a new server has. */
async function startCluster(): Promise<{ url: string; close(): Promise<void> } | null> {
  const [initdb, postgres] = [program('initdb'), program('postgres')];
  if (initdb === null || postgres === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
  // PostgreSQL refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  const own = asRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (asRoot) execFileSync('chown', ['postgres', folder]);
  const data = join(folder, 'data');
  const cluster = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'];
  execFileSync(initdb, cluster, { stdio: 'ignore', ...own });
  const port = await freePort();
  const options = [
    '-D',
    data,
    '-p',
    String(port),
    '-k',
    folder,
    '-c',
    'listen_addresses=127.0.0.1',
  ];
  // Started without a program in between, which would keep the signal that ends it to itself.
  const child: ChildProcess = spawn(postgres, options, { stdio: 'ignore', ...own });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilAnswers(url);
  return {
    url,
    async close() {
      child.kill('SIGINT');
      await new Promise((resolve) => child.once('exit', resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Seconds that `\copy` of a file takes into a new table made by `create`, null without `psql`. */
export function plainCopy(url: string, file: string, key: boolean): number | null {
  const psql = program('psql');
  if (psql === null) return null;
  const run = (command: string) =>
    execFileSync(psql, [url, '-q', '-v', 'ON_ERROR_STOP=1', '-c', command], { stdio: 'pipe' });
  const primary = key ? ', primary key (origin, specialty, destination)' : '';
  run(
    `create table plain (origin text, destination text, specialty text, patients integer${primary})`,
  );
  const started = performance.now();
  run(`\\copy plain from '${file}' with (format csv, header, delimiter ';', null 'NS')`);
  const seconds = (performance.now() - started) / 1000;
  run('drop table plain');
  return seconds;
}

/** Memory that the backends of a local server hold for themselves, bytes; 0 where it cannot be read. */
export async function backendMemory(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database()
      or leader_pid is not null`,
  );
  let bytes = 0;
  for (const { pid } of rows) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      bytes += 1024 * Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    } catch {
      // It ended meanwhile, or runs elsewhere.
    }
  }
  return bytes;
}
