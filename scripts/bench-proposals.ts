import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { insideBound } from '../server/core/proposal/bound/inside-bound.ts';
import { DomainError } from '../server/errors.ts';
import { readInstance } from '../server/imports/proposal-instance.ts';
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
  /** seconds of processor, both threads */
  processor: number;
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
  {
    instance: 'n1800',
    made: 1800,
    options: ['--k', '55', '--seconds', '0.2'],
    note: '1 s, 0.2 of it to search',
  },
  {
    instance: 'n1800',
    made: 1800,
    options: ['--k', '55', '--seconds', '10', '--border', '0.07'],
    note: '10 s, border 0.07',
  },
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
  { instance: 'n35000', made: 35_000, options: ['--k', '980', '--seconds', '60'], note: '60 s' },
];

const titles: Record<string, string> = {
  n100: 'n = 100',
  n1800: 'n = 1,800, seed 1 (2 communes above the ceiling)',
  centre: 'Centre-Val de Loire, modelled flows (Orléans and Tours above the ceiling)',
  n35000: 'n = 35,000, seed 1 (47 communes above the ceiling)',
};

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/**
 * `npm run bench:proposals [-- --bench DIR] [--seeds 5] [--only n100|n1800|centre|n35000|bounds]
 * [--unhurried]`: runs the
 * engine on the instances of `shared/bench`, made anew where they are generated, with seeds 1 to 5, scores
 * the labels with the bench's own scorer, prints the peers' table with our rows (the seed that keeps
 * least flow inside), and writes each instance to its section of `server/docs/benchmarks.md`; then the
 * bounds that the engine proves.
 */
try {
  const { values, set } = takeOptions(
    process.argv.slice(2),
    ['bench', 'seeds', 'only'],
    ['unhurried'],
  );
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
  const seeds = Number(values.seeds ?? 5);
  const work = await mkdtemp(join(tmpdir(), 'maillage-bench-'));
  for (const [instance, title] of Object.entries(titles)) {
    if (values.only && values.only !== instance) continue;
    const lines = await compete(instance, seeds, set.has('unhurried'), bench, work);
    console.log(['', ...lines].join('\n'));
    writeSection(`Proposals: ${title}`, lines);
  }
  if (!values.only || values.only === 'bounds') {
    const lines = await proveBounds(bench, work);
    console.log(['', ...lines].join('\n'));
    writeSection('Proposals: proven bounds', lines);
  }
  await rm(work, { recursive: true });
} catch (error) {
  exitWithSentence(error);
}

async function compete(
  instance: string,
  seeds: number,
  unhurried: boolean,
  bench: string,
  work: string,
) {
  const rows: { contest: Contest; worst: Score }[] = [];
  for (const contest of contests) {
    if (contest.instance !== instance) continue;
    const file = await instanceFile(contest, bench, work);
    let worst: Score | null = null;
    for (let seed = 1; seed <= seeds; seed++) {
      const score = await contend(contest, file, seed, unhurried, bench, work);
      console.log(`${contest.instance}, ${contest.note}, seed ${seed}: ${JSON.stringify(score)}`);
      if (!worst || score.self_cont < worst.self_cont) worst = score;
    }
    if (worst) rows.push({ contest, worst });
  }
  return table(instance, rows, seeds, unhurried);
}

/** No plan of so many territories in the band keeps more inside; minutes of one core, no clock in it. */
async function proveBounds(bench: string, work: string): Promise<string[]> {
  const lines = [
    'Upper bounds of the flow that any plan in the band keeps inside, connected or not, proven by `server/core/proposal/bound`; seconds of processor.',
    '',
    '| instance | K | inside, at most | seconds |',
    '|---|---|---|---|',
  ];
  const done = new Set<string>();
  for (const contest of contests) {
    const territories = Number(contest.options[contest.options.indexOf('--k') + 1]);
    const key = `${contest.instance} ${territories}`;
    if (done.has(key) || contest.instance === 'n35000') continue;
    done.add(key);
    const instance = await readInstance(await instanceFile(contest, bench, work));
    const before = process.cpuUsage();
    const bound = insideBound({ ...instance, territories, seed: 1 });
    const { user, system } = process.cpuUsage(before);
    const seconds = ((user + system) / 1e6).toFixed(1);
    lines.push(
      `| ${titles[contest.instance]} | ${territories} | ${bound?.inside.toFixed(4)} | ${seconds} |`,
    );
  }
  return lines;
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
  unhurried: boolean,
  bench: string,
  work: string,
): Promise<Score> {
  const out = join(work, 'labels.txt');
  const start = performance.now();
  const told = await run(
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
      ...(unhurried ? ['--unhurried'] : []),
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
  const [, processor = ''] = /processeur ([\d,]+) s/.exec(told.stdout) ?? [];
  return { ...(JSON.parse(stdout) as Score), processor: Number(processor.replace(',', '.')) };
}

async function table(
  instance: string,
  rows: { contest: Contest; worst: Score }[],
  seeds: number,
  unhurried: boolean,
): Promise<string[]> {
  const peers: Record<string, string>[] = parse(
    await readFile(join(root, 'data/proposal-peers.csv')),
    { columns: true },
  );
  const today = new Date().toISOString().slice(0, 10);
  const lines = [
    `\`npm run bench:proposals\`, ${today}, ${availableParallelism()} cores: the worst of ${seeds === 1 ? 'seed 1' : `seeds 1 to ${seeds}`} by flow kept inside, scored by the scorer of the peers’ bench; seconds are of the whole command, reading and start-up included.${unhurried ? ' The machine was busy with other work: every move was tried however long it took, and only seconds of processor compare.' : ''} The peers’ figures are retyped in \`data/proposal-peers.csv\`. Figures compare at the same K and the same band.`,
    '',
    '| method | K | band | contiguity violations | inside | compact | EPCI kept | seconds | processor |',
    '|---|---|---|---|---|---|---|---|---|',
  ];
  for (const peer of peers.filter((one) => one.instance === instance)) {
    const { method, territories, band, violations, inside, compact, epci_kept, seconds } = peer;
    const cells = [method, territories, band, violations, inside, compact, epci_kept, seconds, ''];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  for (const { contest, worst } of rows) {
    const figures = [
      worst.territories,
      worst.pop_in_band_adj.toFixed(3),
      worst.contig_viol,
      worst.self_cont.toFixed(4),
      worst.compact.toFixed(3),
      worst.epci_kept.toFixed(3),
      worst.seconds.toFixed(1),
      worst.processor.toFixed(1),
    ];
    lines.push(`| **Maillage, ${contest.note}** | ${figures.join(' | ')} |`);
  }
  return lines;
}
