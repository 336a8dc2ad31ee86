import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { DomainError } from '../server/errors.ts';
import { writeSection } from './bench/benchmarks-file.ts';
import { takeOptions } from './own-options.ts';
import { exitWithSentence } from './terminal.ts';

/** What `score.py` of the peers' bench says of one plan, and what the engine took for it. */
interface Score {
  territories: number;
  pop_in_band_adj: number;
  contig_viol: number;
  self_cont: number;
  compact: number;
  epci_kept: number;
  seconds: number;
}

/** One row of ours: an instance, and the options of `npm run propose`. */
interface Contest {
  instance: string;
  /** as `make_synthetic.py --n` makes it; else a file of the bench */
  made?: number;
  file?: string;
  options: string[];
  note: string;
}

const contests: Contest[] = [
  {
    instance: 'n100',
    file: 'synthetic-100.json',
    options: ['--k', '3', '--seconds', '2', '--border', '0'],
    note: 'flow alone',
  },
  { instance: 'n1800', made: 1800, options: ['--k', '55', '--seconds', '1'], note: '1 s' },
  { instance: 'n1800', made: 1800, options: ['--k', '55', '--seconds', '10'], note: '10 s' },
  {
    instance: 'centre',
    file: 'centre-val-de-loire.json',
    options: ['--k', '44', '--seconds', '10', '--border', '0'],
    note: 'flow alone',
  },
  {
    instance: 'centre',
    file: 'centre-val-de-loire.json',
    options: ['--k', '44', '--seconds', '10', '--border', '0.05', '--epci', '0.05'],
    note: 'border and EPCI weighed',
  },
  {
    instance: 'centre',
    file: 'centre-val-de-loire.json',
    options: ['--k', '35', '--seconds', '10', '--border', '0'],
    note: 'flow alone',
  },
  {
    instance: 'centre',
    file: 'centre-val-de-loire.json',
    options: ['--k', '35', '--seconds', '10', '--border', '0.05', '--epci', '0.05'],
    note: 'border and EPCI weighed',
  },
  { instance: 'n35000', made: 35_000, options: ['--k', '985', '--seconds', '60'], note: '60 s' },
];

const titles: Record<string, string> = {
  n100: 'n = 100',
  n1800: 'n = 1,800, seed 1 (2 communes above the ceiling)',
  centre: 'Centre-Val de Loire, modelled flows (Orléans and Tours above the ceiling)',
  n35000: 'n = 35,000, seed 1 (47 communes above the ceiling)',
};

const root = fileURLToPath(new URL('..', import.meta.url));
const heading = 'Proposals';
const run = promisify(execFile);

/**
 * `npm run bench:proposals [-- --bench DIRECTORY] [--seeds 5] [--only n1800]`: makes the instances of
 * the peers' bench (default `../shared/bench`, or MAILLAGE_BENCH), divides each with seeds 1 to 5, scores
 * the labels with the bench's own scorer, prints the peers' table with our rows (the seed that keeps
 * least flow inside), and writes it to its section of `server/docs/benchmarks.md`.
 */
try {
  const { values } = takeOptions(process.argv.slice(2), ['bench', 'seeds', 'only'], []);
  const bench = values.bench ?? process.env.MAILLAGE_BENCH ?? join(root, '../shared/bench');
  if (!existsSync(join(bench, 'score.py'))) {
    throw new DomainError(
      'no_such_file',
      `Le banc d’essai n’est pas dans ${bench} : indiquez son dossier par --bench.`,
    );
  }
  await run('/usr/bin/python3', ['-c', 'import numpy, scipy']).catch(() => {
    throw new DomainError(
      'invalid_configuration',
      'Il faut python3-numpy et python3-scipy : apt-get install python3-numpy python3-scipy.',
    );
  });
  const work = await mkdtemp(join(tmpdir(), 'maillage-bench-'));
  const rows: { contest: Contest; worst: Score }[] = [];
  for (const contest of contests) {
    if (values.only && contest.instance !== values.only) continue;
    const file = await instanceFile(contest, bench, work);
    let worst: Score | null = null;
    for (let seed = 1; seed <= Number(values.seeds ?? 5); seed++) {
      const score = await contend(contest, file, seed, bench, work);
      console.log(`${contest.instance}, ${contest.note}, seed ${seed}: ${JSON.stringify(score)}`);
      if (!worst || score.self_cont < worst.self_cont) worst = score;
    }
    if (worst) rows.push({ contest, worst });
  }
  await rm(work, { recursive: true });
  const section = await table(rows);
  console.log(['', ...section].join('\n'));
  if (!values.only) writeSection(heading, section);
} catch (error) {
  exitWithSentence(error);
}

async function instanceFile(contest: Contest, bench: string, work: string): Promise<string> {
  if (contest.file) return join(bench, contest.file);
  const file = join(work, `n${contest.made}.json`);
  if (existsSync(file)) return file;
  const maker = join(bench, 'make_synthetic.py');
  await run('/usr/bin/python3', [maker, '--n', `${contest.made}`, '--seed', '1', '--out', file]);
  return file;
}

async function contend(
  contest: Contest,
  file: string,
  seed: number,
  bench: string,
  work: string,
): Promise<Score> {
  const out = join(work, 'labels.txt');
  const start = performance.now();
  await run(
    process.execPath,
    [
      '--import',
      'tsx',
      join(root, 'scripts/propose.ts'),
      '--instance',
      file,
      '--out',
      out,
      '--seed',
      `${seed}`,
      ...contest.options,
    ],
    { cwd: root },
  );
  const seconds = (performance.now() - start) / 1000;
  const { stdout } = await run(
    '/usr/bin/python3',
    [join(bench, 'score.py'), file, out, 'maillage', seconds.toFixed(2)],
    // The scorer must not leave its compiled files in the bench.
    { env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
  );
  return JSON.parse(stdout) as Score;
}

async function table(rows: { contest: Contest; worst: Score }[]): Promise<string[]> {
  const peers: Record<string, string>[] = parse(
    await readFile(join(root, 'data/proposal-peers.csv')),
    { columns: true },
  );
  const lines = [
    '`npm run bench:proposals`: the worst of seeds 1 to 5 by flow kept inside, scored by the scorer of the peers’ bench; seconds are of the whole command, reading and start-up included. The peers’ figures are retyped in `data/proposal-peers.csv`. Figures compare at the same K and the same band.',
  ];
  for (const [instance, title] of Object.entries(titles)) {
    lines.push('', `### ${title}`, '');
    lines.push(
      '| method | K | band | contiguity violations | inside | compact | EPCI kept | seconds |',
    );
    lines.push('|---|---|---|---|---|---|---|---|');
    for (const peer of peers.filter((one) => one.instance === instance)) {
      const { method, territories, band, violations, inside, compact, epci_kept, seconds } = peer;
      const cells = [method, territories, band, violations, inside, compact, epci_kept, seconds];
      lines.push(`| ${cells.join(' | ')} |`);
    }
    for (const { contest, worst } of rows.filter((row) => row.contest.instance === instance)) {
      const figures = [
        worst.territories,
        worst.pop_in_band_adj.toFixed(3),
        worst.contig_viol,
        worst.self_cont.toFixed(4),
        worst.compact.toFixed(3),
        worst.epci_kept.toFixed(3),
        worst.seconds.toFixed(1),
      ];
      lines.push(`| **Maillage, ${contest.note}** | ${figures.join(' | ')} |`);
    }
  }
  return lines;
}
