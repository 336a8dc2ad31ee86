import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Kysely, sql } from 'kysely';
import { frenchNumber } from '../server/core/french.ts';
import { seededRandom } from '../server/core/random.ts';
import { type Database, openDatabase } from '../server/db/database.ts';
import { cptsRepository } from '../server/db/repositories/cpts.ts';
import { cptsLifeRepository } from '../server/db/repositories/cpts-life.ts';
import { overlapRepository } from '../server/db/repositories/overlaps.ts';
import { vintageRepository } from '../server/db/repositories/vintages.ts';
import type { Schema } from '../server/db/schema.ts';
import { regionCoverage } from '../server/usecases/coverage/region-coverage.ts';
import { proposeResolution } from '../server/usecases/overlaps/resolve-overlap.ts';
import { writeSection } from './bench/benchmarks-file.ts';
import { loadSynthetic } from './bench/load-region.ts';
import { type Spread, spreadOf } from './bench/measures.ts';
import {
  graphOf,
  insertFlows,
  insertTerritories,
  overlappingTerritories,
} from './bench/overlap-country.ts';
import { openServer } from './bench/postgres.ts';
import { syntheticRegion } from './bench/synthetic-region.ts';
import { takeOptions } from './own-options.ts';
import { exitWithSentence } from './terminal.ts';

const SEED = 20_231_231;
const NATION = { communes: 34_935, cpts: 1_500 };
const REGION = { communes: 1_757, cpts: 75 };
type Size = typeof NATION;

/**
 * `npm run bench:overlaps [-- --national]`: seeded CPTS, a tenth of whose communes two hold, on
 * PostGIS (DATABASE_URL, else a throw-away cluster) and on the embedded database, or on one of them
 * (`--only postgis|pglite`); with `--national` at the size of the country, which is written down.
 */
try {
  const { set, values } = takeOptions(process.argv.slice(2), ['only'], ['national']);
  const size = set.has('national') ? NATION : REGION;
  const folder = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
  try {
    for (const [engine, bench] of [
      ['PostGIS', benchServer],
      ['PGlite', benchEmbedded],
    ] as const) {
      if (values.only !== undefined && values.only !== engine.toLowerCase()) continue;
      const lines = [...introduction(size), ...(await bench(folder, size))];
      console.log(lines.join('\n'));
      if (size === NATION) writeSection(`Overlaps and coverage, ${engine}`, lines);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} catch (error) {
  exitWithSentence(error);
}

function introduction({ communes, cpts }: Size): string[] {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], {
    encoding: 'utf8',
  }).trim();
  const [cpu] = cpus();
  return [
    `Written by \`npm run bench:overlaps -- --national\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit}, on ${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 1e9)} GB, Node ${process.versions.node}.`,
    '',
    `Seeded: ${frenchNumber(cpts)} open CPTS over ${frenchNumber(communes)} communes, a tenth of which two hold; flows to two specialties, 8 destinations each, a fifth of the cells masked. For the coverage one CPTS in seven is closed. Processor is that of the program and of the backends of the database, a round; other work on the machine (load ${loadavg()[0]?.toFixed(0)} when this was written) lengthens the other times many times.`,
    '',
  ];
}

async function benchServer(folder: string, size: Size): Promise<string[]> {
  const server = await openServer(process.env.DATABASE_URL || null);
  if (server === null) {
    return ['Not measured: neither DATABASE_URL nor the programs of PostgreSQL.'];
  }
  try {
    const db = await openDatabase({ databaseUrl: server.url, home: folder });
    try {
      return [`${server.description}.`, '', ...(await measure(db, size))];
    } finally {
      await db.close();
    }
  } finally {
    await server.close();
  }
}

async function benchEmbedded(folder: string, size: Size): Promise<string[]> {
  const db = await openDatabase({ databaseUrl: null, home: join(folder, 'home') });
  try {
    return await measure(db, size);
  } finally {
    await db.close();
  }
}

async function measure({ kysely: db }: Database, { communes, cpts }: Size): Promise<string[]> {
  const drawn = syntheticRegion(communes, SEED);
  const graph = graphOf(drawn);
  const { id } = await loadSynthetic(db, communes, SEED);
  const vintage = (await vintageRepository(db).byId(id))!;
  const territories = overlappingTerritories(drawn, graph, cpts, SEED);
  const ids = await insertTerritories(db, drawn.code, territories);
  await insertFlows(db, id, drawn, SEED);
  await sql`analyze cpts, cpts_member, unit`.execute(db);

  const random = seededRandom(SEED);
  const one = () => Math.floor(random() * ids.length);
  const overlaps = overlapRepository(db);
  const all = await overlaps.list(id, { limit: 1_000_000, offset: 0 });
  const pair = () => all.items[Math.floor(random() * all.total)]!;
  const full = await spread(db, 10, () => overlaps.list(id, { limit: 1_000_000, offset: 0 }));
  const first = await spread(db, 10, () => overlaps.list(id, { limit: 100, offset: 0 }));
  const edits = { write: [] as number[], pairs: [] as number[] };
  for (let edit = 0; edit < 100; edit++) {
    const [k, from] = [one(), one()];
    // The CPTS takes a commune of another, or gives it back.
    const unit = drawn.code[territories[from]![0]!]!;
    const held = (await cptsRepository(db).byId(ids[k]!))!;
    if (held.recognised) continue;
    const change = held.units.includes(unit)
      ? { added: [], removed: [unit] }
      : { added: [unit], removed: [] };
    edits.write.push(
      await timed(() =>
        db.transaction().execute(async (tx) => {
          const life = cptsLifeRepository(tx);
          const [cpts] = await life.hold([ids[k]!]);
          await life.move(cpts!, held.version, change);
        }),
      ),
    );
    edits.pairs.push(
      await timed(() => overlaps.list(id, { limit: 1000, offset: 0, cpts: ids[k]! })),
    );
  }
  const examined = await processorOf(db, 100, () =>
    overlaps.list(id, { limit: 1000, offset: 0, cpts: ids[one()]! }),
  );
  const resolution = await spread(db, 30, () => {
    const { a, b } = pair();
    return proposeResolution(db, { vintage, graph }, [a.id, b.id], {}).catch((error) => {
      // An edit above may have taken away the one commune of a pair.
      if (error.code !== 'no_overlap') throw error;
    });
  });
  const ended = ids.filter((_, k) => k % 7 === 0);
  await db.updateTable('cpts').set({ status: 'closed' }).where('id', 'in', ended).execute();
  const loop = monitorEventLoopDelay({ resolution: 1 });
  let zones = 0;
  await regionCoverage(db, { vintage, graph }, {});
  loop.enable();
  const coverage = await spread(db, 5, async () => {
    zones = (await regionCoverage(db, { vintage, graph }, {})).zones.length;
  });
  loop.disable();
  const national = communes === NATION.communes;
  return [
    '| what | median | 95th percentile | most | processor | aim |',
    '| --- | --- | --- | --- | --- | --- |',
    row(`every pair (${frenchNumber(all.total)}), with its communes`, full, national ? '1 s' : ''),
    row('the first hundred, with the total', first, ''),
    row('an edit: its members written', { ...spreadOf(edits.write), processor: null }, ''),
    row(
      'an edit: its CPTS re-examined',
      { ...spreadOf(edits.pairs), processor: examined },
      national ? '20 ms' : '',
    ),
    row('a resolution with its effects', resolution, ''),
    row(`coverage (${frenchNumber(zones)} zones blanches)`, coverage, ''),
    `| longest hold of the event loop meanwhile | | | ${ms(loop.max / 1e6)} | | |`,
    '',
  ];
}

/** Milliseconds of processor that this process and the backends of its database used so far. */
async function processor(db: Kysely<Schema>): Promise<number> {
  const own = process.cpuUsage();
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where datname = current_database()`.execute(db);
  let ticks = 0;
  for (const { pid } of rows) {
    try {
      const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
      const fields = after.split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // The embedded database has none, another may run elsewhere.
    }
  }
  return (own.user + own.system) / 1000 + ticks * 10;
}

/** The same of one of several rounds. */
async function processorOf(db: Kysely<Schema>, times: number, work: () => Promise<unknown>) {
  const before = await processor(db);
  for (let time = 0; time < times; time++) await work();
  return ((await processor(db)) - before) / times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

type Measure = Spread & { processor: number | null };

async function spread(
  db: Kysely<Schema>,
  times: number,
  work: () => Promise<unknown>,
): Promise<Measure> {
  const spent: number[] = [];
  const processor = await processorOf(db, times, async () => {
    spent.push(await timed(work));
  });
  return { ...spreadOf(spent), processor };
}

function row(what: string, { median, p95, most, processor }: Measure, aim: string): string {
  const used = processor === null ? '' : ms(processor);
  return `| ${what} | ${ms(median)} | ${ms(p95)} | ${ms(most)} | ${used} | ${aim} |`;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
