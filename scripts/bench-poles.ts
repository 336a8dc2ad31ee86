import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { frenchNumber } from '../server/core/french.ts';
import { type Database, openDatabase } from '../server/db/database.ts';
import { writeSection } from './bench/benchmarks-file.ts';
import { loadSynthetic } from './bench/load-region.ts';
import {
  forget,
  measureImport,
  measurePoles,
  measureServices,
  peakDuring,
  type Spread,
  spreadOf,
} from './bench/measures.ts';
import { backendMemory, openServer, plainCopy } from './bench/postgres.ts';
import type { RowOrder } from './bench/write-extract.ts';
import { takeOptions } from './own-options.ts';
import { exitWithSentence } from './terminal.ts';

/** Communes of metropolitan France, and those of Centre-Val de Loire. */
const NATION = 34_935;
const REGION = 1_757;
const SEED = 20_231_231;
const rss = () => process.memoryUsage().rss;
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const seconds = (value: number) => `${value.toFixed(1)} s`;

/**
 * `npm run bench:poles [-- --communes N] [--rounds N]`: imports and analyses seeded
 * extracts on PostGIS (DATABASE_URL, else a throw-away cluster) and on the embedded database, beside
 * `\copy` of the same file, and writes the table down where it is of the whole country.
 */
try {
  const { values } = takeOptions(process.argv.slice(2), ['communes', 'rounds'], []);
  const communes = Number(values.communes ?? NATION);
  const rounds = Number(values.rounds ?? 3);
  const folder = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
  try {
    const lines = [
      ...introduction(communes),
      ...(await benchServer(folder, communes, rounds)),
      ...(await benchEmbedded(folder, rounds)),
    ];
    console.log(lines.join('\n'));
    if (communes === NATION) writeSection('Import, poles and flow services', lines);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} catch (error) {
  exitWithSentence(error);
}

function introduction(communes: number): string[] {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], {
    encoding: 'utf8',
  }).trim();
  const [cpu] = cpus();
  return [
    `Written by \`npm run bench:poles\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit}, on ${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 1e9)} GB, Node ${process.versions.node}.`,
    '',
    `Seeded flows: ${number(communes)} communes (a region: ${number(REGION)}) × 13 specialties × 20 destinations, a third of the cells masked. Times are medians of rounds in turn; other work on the machine moves all of a run alike, so compare within a run.`,
    '',
  ];
}

async function benchServer(folder: string, communes: number, rounds: number): Promise<string[]> {
  const server = await openServer(process.env.DATABASE_URL || null);
  if (server === null) {
    return [
      '### PostGIS',
      '',
      'Not measured: neither DATABASE_URL nor the programs of PostgreSQL.',
      '',
    ];
  }
  try {
    const db = await openDatabase({ databaseUrl: server.url, home: folder });
    const watcher = new pg.Client({ connectionString: server.url });
    await watcher.connect();
    try {
      const vintage = await loadSynthetic(db.kysely, communes, SEED);
      const lines = [`### PostGIS, ${number(communes)} communes`, '', `${server.description}.`, ''];
      lines.push(
        ...table([
          'import',
          'rows/s',
          'seconds',
          'beside plain \\copy',
          'memory of the process',
          'of the database',
        ]),
      );
      for (const order of ['residence', 'shuffled'] as const) {
        lines.push(
          ...(await besideCopy(db, watcher, server.url, folder, communes, vintage, order, rounds)),
        );
      }
      const file = writeExtract(folder, communes, 'residence');
      const { dataset } = await measureImport(db, file, vintage);
      const times: number[] = [];
      let memory = 0;
      for (let round = 0; round < rounds; round++) {
        const [spent, peak] = await peakDuring(
          () => backendMemory(watcher),
          () => measurePoles(db.kysely, dataset),
        );
        times.push(spent);
        memory = Math.max(memory, peak);
      }
      lines.push('', ...table(['analysis of poles', 'seconds', 'aim', 'memory of the database']));
      lines.push(
        row([
          '13 specialties and over all',
          seconds(spreadOf(times).median),
          '20 s',
          megabytes(memory),
        ]),
        '',
      );
      const services = await measureServices(db, dataset, vintage.codes, 10);
      lines.push(...serviceTable(services, 'none for a country'));
      return lines;
    } finally {
      await watcher.end();
      await db.close();
    }
  } finally {
    await server.close();
  }
}

/** One order of rows: ours and both copies in turn. */
async function besideCopy(
  db: Database,
  watcher: pg.Client,
  url: string,
  folder: string,
  communes: number,
  vintage: { id: string; region_name: string },
  order: RowOrder,
  rounds: number,
): Promise<string[]> {
  const file = writeExtract(folder, communes, order);
  const ours: number[] = [];
  const plain: number[] = [];
  const keyed: number[] = [];
  let [rows, memory, database] = [0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    const copied = plainCopy(url, file, false);
    if (copied !== null) plain.push(copied);
    const [[done, backends], own] = await peakDuring(rss, () =>
      peakDuring(
        () => backendMemory(watcher),
        () => measureImport(db, file, vintage),
      ),
    );
    ours.push(done.seconds);
    [rows, memory, database] = [done.rows, Math.max(memory, own), Math.max(database, backends)];
    await forget(db, done.dataset);
    // The fair peer takes minutes: once says enough, in the order that suits it best.
    const peer = round === 0 && order === 'residence' ? plainCopy(url, file, true) : null;
    if (peer !== null) keyed.push(peer);
  }
  rmSync(file);
  const beside = (times: number[]) =>
    plain.length === 0
      ? 'no psql'
      : `${(spreadOf(plain).median / spreadOf(times).median).toFixed(2)} ×`;
  const line = (what: string, times: number[], memories: string[]) =>
    times.length === 0
      ? []
      : [
          row([
            what,
            number(rows / spreadOf(times).median),
            seconds(spreadOf(times).median),
            beside(times),
            ...memories,
          ]),
        ];
  return [
    ...line(`Maillage, rows by ${order}`, ours, [megabytes(memory), megabytes(database)]),
    ...line(`\\copy, no index, by ${order}`, plain, ['', '']),
    ...line(`\\copy, a like primary key, by ${order}`, keyed, ['', '']),
  ];
}

async function benchEmbedded(folder: string, rounds: number): Promise<string[]> {
  const db = await openDatabase({ databaseUrl: null, home: join(folder, 'home') });
  try {
    const vintage = await loadSynthetic(db.kysely, REGION, SEED);
    const file = writeExtract(folder, REGION, 'residence');
    const imports: Awaited<ReturnType<typeof measureImport>>[] = [];
    let memory = 0;
    for (let round = 0; round < rounds; round++) {
      const last = imports.at(-1);
      if (last) await forget(db, last.dataset);
      const [done, peak] = await peakDuring(rss, () => measureImport(db, file, vintage));
      imports.push(done);
      memory = Math.max(memory, peak);
    }
    const dataset = imports.at(-1)?.dataset ?? 0;
    const poles: number[] = [];
    for (let round = 0; round < 2 * rounds; round++)
      poles.push(await measurePoles(db.kysely, dataset));
    const took = spreadOf(imports.map((done) => done.seconds)).median;
    const wait = Math.max(...imports.map((done) => done.longestWait));
    return [
      '### PGlite, a region',
      '',
      ...table(['what', 'measured', 'aim']),
      row(['import, rows/s', number((imports[0]?.rows ?? 0) / took), '']),
      row(['import', seconds(took), '']),
      row(['longest wait of another request meanwhile', `${Math.round(wait)} ms`, '']),
      row(['memory of the process, database included', megabytes(memory), '']),
      row(['poles, 13 specialties and over all', `${spreadOf(poles).median.toFixed(2)} s`, '1 s']),
      '',
      ...serviceTable(await measureServices(db, dataset, vintage.codes, 100), '50 ms'),
    ];
  } finally {
    await db.close();
  }
}

function serviceTable(services: [string, Spread][], aim: string): string[] {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return [
    ...table(['flow service', 'median', '95th percentile', 'most', 'aim']),
    ...services.map(([name, { median, p95, most }]) =>
      row([name, ms(median), ms(p95), ms(most), aim]),
    ),
    '',
  ];
}

function writeExtract(folder: string, communes: number, order: RowOrder): string {
  const file = join(folder, `${communes}-${order}.csv`);
  const writer = fileURLToPath(new URL('./bench/write-extract.ts', import.meta.url));
  execFileSync(process.execPath, [
    '--import',
    'tsx',
    writer,
    file,
    String(communes),
    String(SEED),
    order,
  ]);
  return file;
}

function table(columns: string[]): string[] {
  return [row(columns), row(columns.map(() => '---'))];
}

function row(cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** In plain digits: the document is English. */
function number(value: number): string {
  return frenchNumber(Math.round(value)).replace(/\s/g, ',');
}
