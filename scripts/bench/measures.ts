import type { Kysely } from 'kysely';
import { defaultPoleParameters } from '../../server/contracts/poles.ts';
import { seededRandom } from '../../server/core/random.ts';
import type { Database } from '../../server/db/database.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowRepository } from '../../server/db/repositories/flows.ts';
import { poleRepository } from '../../server/db/repositories/poles.ts';
import type { Schema } from '../../server/db/schema.ts';
import { measureSets } from '../../server/usecases/flow-sets.ts';
import { importFlows } from '../../server/usecases/import-flows.ts';

/** Seconds of an import, with the dataset it made. */
export async function measureImport(
  db: Database,
  file: string,
  vintage: { id: string; region_name: string },
): Promise<{ seconds: number; dataset: number; rows: number; longestWait: number }> {
  // Another user, who asks for little while the import runs.
  let longestWait = 0;
  let over = false;
  const other = (async () => {
    while (!over) {
      const asked = performance.now();
      await db.kysely.selectFrom('vintage').select('id').execute();
      longestWait = Math.max(longestWait, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const started = performance.now();
  const { dataset, report } = await importFlows(db, {
    file,
    vintage: { ...vintage, year: null },
    mapping: {},
    passages: [],
    name: null,
    year: null,
    rejected: 'refuse',
  });
  const seconds = (performance.now() - started) / 1000;
  over = true;
  await other;
  return { seconds, dataset, rows: report.rows.read, longestWait };
}

export async function forget(db: Database, dataset: number): Promise<void> {
  await flowDatasetRepository(db.kysely).remove(dataset);
}

/** Seconds of the analysis of every specialty and over all, the default one. */
export async function measurePoles(db: Kysely<Schema>, dataset: number): Promise<number> {
  const poles = poleRepository(db);
  const started = performance.now();
  const run = await poles.analyse(dataset, defaultPoleParameters);
  const seconds = (performance.now() - started) / 1000;
  await db.deleteFrom('pole_run').where('id', '=', run).execute();
  return seconds;
}

export interface Spread {
  median: number;
  p95: number;
  most: number;
}

/** Milliseconds of each flow service, for communes and sets drawn at random. */
export async function measureServices(
  { kysely: db }: Database,
  dataset: number,
  codes: string[],
  times: number,
): Promise<[service: string, spread: Spread][]> {
  const random = seededRandom(9);
  const draw = () => codes[Math.floor(random() * codes.length)] ?? '';
  const all = { dataset, specialty: 'all', masked: 5 } as const;
  const one = { ...all, specialty: 'cardiologie' };
  const flows = flowRepository(db);
  const drawSets = (count: number, units: number) =>
    Array.from({ length: count }, (_, s) => ({
      name: `E${s}`,
      units: [...new Set(Array.from({ length: units }, draw))],
    }));
  const services: [string, () => Promise<unknown>][] = [
    ['destinations of a commune, all specialties', () => flows.destinations(all, draw(), 50)],
    ['destinations of a commune, one specialty', () => flows.destinations(one, draw(), 50)],
    ['inflows of a commune, all specialties', () => flows.inflows(all, draw(), 50)],
    ['inflows of a commune, one specialty', () => flows.inflows(one, draw(), 50)],
    [
      'LI, MSI, leakage of a set of 60',
      () => measureSets(db, all, { sets: drawSets(1, 60), k: 1 }),
    ],
    [
      'the 20 largest flows between 20 sets',
      () => measureSets(db, all, { sets: drawSets(20, 60), k: 20 }),
    ],
  ];
  const measured: [string, Spread][] = [];
  for (const [name, serve] of services) {
    const spent: number[] = [];
    for (let time = 0; time < times; time++) {
      const started = performance.now();
      await serve();
      spent.push(performance.now() - started);
    }
    measured.push([name, spreadOf(spent)]);
  }
  return measured;
}

export function spreadOf(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { median: at(0.5), p95: at(0.95), most: sorted.at(-1) ?? 0 };
}

/** Runs `work`; answers with its result the most that `read` told while it ran. */
export async function peakDuring<T>(
  read: () => number | Promise<number>,
  work: () => Promise<T>,
): Promise<[T, number]> {
  let peak = 0;
  let over = false;
  const watch = (async () => {
    while (!over) {
      peak = Math.max(peak, await read());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  try {
    return [await work(), peak];
  } finally {
    over = true;
    await watch;
  }
}
