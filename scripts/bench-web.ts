import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { findChromium, launch } from '../tests/e2e/browser.ts';
import { writeSection } from './bench/benchmarks-file.ts';
import { spreadOf } from './bench/measures.ts';
import { openServer } from './bench/postgres.ts';
import { measureOpening, measureStroke, type Opening, type Stroke } from './bench/web-measures.ts';
import { type WebProgram, webProgram } from './bench/web-program.ts';
import { buildPage } from './build-page.ts';
import { takeOptions } from './own-options.ts';
import { exitWithSentence } from './terminal.ts';

/** Where a stroke crosses small communes: Beauce, then Picardie. */
const cameras = { region: '8.6/47.9/1.9', country: '9/49.7/2.6' } as const;
const LEAST = 50;

/**
 * `npm run bench:web [-- --data FOLDER] [--rounds N]`: opens a region (embedded database) and the
 * country (PostgreSQL: DATABASE_URL, else a throw-away cluster) in a headless Chromium, draws on both,
 * and writes the table down.
 */
try {
  const { values } = takeOptions(process.argv.slice(2), ['data', 'rounds'], []);
  const data = values.data ?? '../shared/data';
  const rounds = Number(values.rounds ?? 3);
  const executable = findChromium();
  if (executable === null) throw new Error('there is no Chromium to measure in');
  await buildPage({ begin() {}, progress() {}, end() {} });
  const lines = introduction(rounds);
  const region = await webProgram('24', data, null, null);
  lines.push(
    ...(await measured('Centre-Val de Loire, embedded database', region, 2000, cameras.region)),
  );
  const server = await openServer(process.env.DATABASE_URL || null);
  if (server === null) lines.push('', 'The country: not measured, for want of PostgreSQL.');
  else {
    try {
      const country = await webProgram('france', data, server.url, ['cardiologie']);
      lines.push(
        ...(await measured('The country, PostgreSQL', country, 6000, cameras.country)),
        '',
        'The country has the modelled flows of one specialty (cardiologie), so that it loads in minutes.',
      );
    } finally {
      await server.close();
    }
  }
  console.log(lines.join('\n'));
  writeSection('The page', lines);

  async function measured(title: string, program: WebProgram, aim: number, camera: string) {
    const browser = await launch(executable!);
    try {
      const first = await measureOpening(browser, program.address, 'poles');
      const again: Opening[] = [];
      for (let k = 0; k < rounds; k++) {
        again.push(await measureOpening(browser, program.address, 'poles'));
      }
      const stroke = await measureStroke(browser, program.address, camera, LEAST);
      return table(title, program, aim, first, again, stroke);
    } finally {
      await browser.close();
      await program.close();
    }
  }
} catch (error) {
  exitWithSentence(error);
}

function introduction(rounds: number): string[] {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], {
    encoding: 'utf8',
  }).trim();
  const [cpu] = cpus();
  return [
    `Written by \`npm run bench:web\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit}, on ${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 1e9)} GB, Node ${process.versions.node}, headless Chromium drawing in software (no GPU), server and browser on the same cores, load ${loadavg()[0]?.toFixed(1)} at the start. Openings: empty cache each time, median of ${rounds} after a first one. Strokes: all the script of a move of the large brush.`,
  ];
}

function table(
  title: string,
  program: WebProgram,
  aim: number,
  first: Opening,
  again: readonly Opening[],
  { communes, moves, end }: Stroke,
): string[] {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const { median, p95, most } = spreadOf(moves);
  const opening = spreadOf(again.map((one) => one.ms));
  const size = `${program.communes} communes, ${program.flows} flows`;
  return [
    '',
    `### ${title} (${size})`,
    '',
    '| what | measured | aim |',
    '| --- | --- | --- |',
    `| opening to the first map drawn | ${seconds(opening.median)} | ${seconds(aim)} |`,
    `| the same, the very first time, program and browser just started | ${seconds(first.ms)} | ${seconds(aim)} |`,
    `| made ahead for it, in the background after the start | ${seconds(program.aheadMs)} | |`,
    `| transferred | ${(first.bytes / 1e6).toFixed(2)} MB | |`,
    `| a move of the brush, median, ${communes} communes in ${moves.length} moves | ${ms(median)} | 16 ms |`,
    `| 95th percentile, most | ${ms(p95)}, ${ms(most)} | 16 ms |`,
    `| the end of the gesture, with advice | ${ms(end)} | |`,
  ];
}
