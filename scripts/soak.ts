import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { frenchNumber } from '../server/core/french.ts';
import { type Database, openDatabase } from '../server/db/database.ts';
import { vintageRepository } from '../server/db/repositories/vintages.ts';
import { DomainError } from '../server/errors.ts';
import { writeSection } from './bench/benchmarks-file.ts';
import { loadSynthetic } from './bench/load-region.ts';
import { spreadOf } from './bench/measures.ts';
import { openServer } from './bench/postgres.ts';
import { takeOptions } from './own-options.ts';
import { appOver } from './soak/app-over.ts';
import { halfMade, heldTwice } from './soak/consistency.ts';
import { decisionTraffic, type Outcome } from './soak/traffic.ts';
import { type Turns, takeTurns } from './soak/turns.ts';
import { exitWithSentence } from './terminal.ts';

const CLIENTS = 50;
const COMMUNES = 400;
/** Communes that the traffic is about: few, so that most territories overlap. */
const DISPUTED = 40;
const SEED = 2026;

/**
 * `npm run soak [-- --seconds 60] [--seed N]`: 50 clients create, save, revise, accept, oppose and
 * close CPTS of the same few communes on PostGIS (DATABASE_URL or TEST_DATABASE_URL, else a throw-away
 * cluster), while another looks for a commune that two recognised CPTS hold. Ends with 1 when it found
 * one, when anything is half-made, or when a request was answered 500. A run of a minute and over is
 * written down.
 */
try {
  const { values } = takeOptions(process.argv.slice(2), ['seconds', 'seed'], []);
  const [seconds, seed] = [Number(values.seconds ?? 60), Number(values.seed ?? SEED)];
  if (!(seconds > 0) || !(Number.isInteger(seed) && seed >= 0 && seed < 4_000_000)) {
    throw new DomainError(
      'invalid_configuration',
      '--seconds attend une durée en secondes et --seed un nombre entier sous 4 millions : par exemple --seconds 60.',
    );
  }
  const address = process.env.DATABASE_URL || process.env.TEST_DATABASE_URL || null;
  const server = await openServer(address);
  if (server === null) {
    throw new DomainError(
      'database_unreachable',
      'L’essai demande PostgreSQL : donnez DATABASE_URL, ou installez PostgreSQL avec PostGIS.',
    );
  }
  const home = mkdtempSync(join(tmpdir(), 'maillage-soak-'));
  try {
    const database = await openDatabase({ databaseUrl: server.url, home });
    const { lines, faults } = await soak(database, seconds, seed).finally(() => database.close());
    const told = [...introduction(server.description, seconds, seed), ...lines];
    console.log(told.join('\n'));
    if (seconds >= 60) writeSection('Decisions under load', told);
    for (const fault of faults.slice(0, 50)) console.error(`✗ ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
} catch (error) {
  exitWithSentence(error);
}

function introduction(server: string, seconds: number, seed: number): string[] {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], {
    encoding: 'utf8',
  }).trim();
  return [
    `Written by \`npm run soak\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit}, on ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}, ${server}; load ${loadavg()[0]?.toFixed(0)} at the end: other work on the machine lengthens every time.`,
    '',
    `${CLIENTS} clients at once for ${seconds} s (seed ${seed}), each without a pause, over ${DISPUTED} communes; program and clients share one process.`,
    '',
  ];
}

async function soak(database: Database, seconds: number, seed: number) {
  const { kysely } = database;
  const { id, codes } = await loadSynthetic(kysely, COMMUNES, seed);
  const vintage = (await vintageRepository(kysely).byId(id))!;
  const { send, close } = await appOver(database, vintage);
  try {
    const found = new Set<string>();
    let looks = 0;
    let over = false;
    const watch = (async () => {
      while (!over) {
        for (const one of await heldTwice(kysely)) found.add(one);
        looks++;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    })();
    const end = performance.now() + seconds * 1000;
    const outcome = await decisionTraffic(send, {
      clients: CLIENTS,
      seed,
      units: codes.slice(0, DISPUTED),
      goesOn: () => performance.now() < end,
    }).finally(() => {
      over = true;
      return watch;
    });
    const turns: Turns[] = [];
    for (const clients of [1, 10, CLIENTS]) {
      const own = codes.slice(DISPUTED, DISPUTED + clients);
      turns.push(await takeTurns(send, own, (seconds * 1000) / 12));
    }
    for (const one of await heldTwice(kysely)) found.add(one);
    const violations = [...found, ...(await halfMade(kysely))];
    return {
      faults: [...violations, ...outcome.faults, ...turns.flatMap(({ faults }) => faults)],
      lines: [
        ...trafficTable(outcome),
        '',
        `Violations: ${violations.length}; looked for ${frenchNumber(looks)} times meanwhile and at the end, when the events alone were replayed too. Faults (an answer of 500, a conflict that does not say what stands in the way): ${outcome.faults.length}.`,
        '',
        ...turnTable(turns),
      ],
    };
  } finally {
    await close();
  }
}

function trafficTable({ counts, milliseconds, serverErrors }: Outcome): string[] {
  const names = [...milliseconds.keys()].sort();
  const counted = (name: string, keep: (what: string) => boolean) =>
    [...counts].reduce((sum, [key, count]) => {
      const at = key.lastIndexOf(' ');
      const fits = (name === 'all' || key.slice(0, at) === name) && keep(key.slice(at + 1));
      return fits ? sum + count : sum;
    }, 0);
  const row = (name: string, times: number[]) => {
    const { median, p95, most } = spreadOf(times);
    const figures = [
      times.length,
      counted(name, (what) => what === 'done'),
      counted(name, (what) => what === 'territory_conflict'),
      counted(name, (what) => what !== 'done' && what !== 'territory_conflict'),
      serverErrors.get(name) ?? 0,
    ].map(frenchNumber);
    return `| ${name} | ${[...figures, ...[median, p95, most].map(ms)].join(' | ')} |`;
  };
  return [
    '| request | sent | accepted | refused for a conflict | refused otherwise | 5xx | median | 95th percentile | most |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...names.map((name) => row(name, milliseconds.get(name)!)),
    row('all', [...milliseconds.values()].flat()),
  ];
}

function turnTable(turns: readonly Turns[]): string[] {
  return [
    'Decisions take one turn, an advisory lock. Steps of clients that have each a CPTS of their own, and wait for nothing but the turn:',
    '',
    '| clients | steps | steps a second | median | 95th percentile | most |',
    '| --- | --- | --- | --- | --- | --- |',
    ...turns.map(({ clients, steps, seconds, milliseconds }) => {
      const { median, p95, most } = spreadOf(milliseconds);
      const rate = frenchNumber(Math.round(steps / seconds));
      return `| ${clients} | ${frenchNumber(steps)} | ${rate} | ${[median, p95, most].map(ms).join(' | ')} |`;
    }),
  ];
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
