import type {
  ExtractInspection,
  ImportChoices,
  SpecialtiesFound,
  SpecialtyColumns,
} from '../contracts/flow-imports.ts';
import type { FlowRunSummary } from '../contracts/flow-runs.ts';
import { PROGRAM } from '../core/events/verbs.ts';
import type { Database } from '../db/database.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import type { Vintage } from '../db/repositories/vintages.ts';
import { stoppableTransaction } from '../db/stoppable.ts';
import { DomainError } from '../errors.ts';
import { openBytes } from '../imports/extract/bytes.ts';
import { findSpecialties, named } from '../imports/extract/find-specialties.ts';
import { guessMapping } from '../imports/extract/guess.ts';
import { readHead } from '../imports/extract/head.ts';
import { planColumns } from '../imports/extract/mapping.ts';
import { readProfessions } from '../imports/professions.ts';
import type { ExtractUpload, ExtractUploads } from './extract-uploads.ts';
import type { FlowRunResult, FlowRuns } from './flow-runs.ts';
import { type FlowImport, importFlows } from './import-flows.ts';
import { dropDataset } from './remove-flows.ts';
import type { RunTurn } from './run-queue.ts';

/** Rows shown to whoever confirms the columns. */
const SHOWN = 20;
/** Share of the work that is reading the file; the rest is storing and finding the poles. */
const READING = 0.8;

/**
 * What a file that was sent holds, as far as its first lines tell, for the user to confirm.
 *
 * @throws DomainError those of `readHead`
 */
export async function inspectUpload(
  db: Database,
  vintage: string,
  upload: ExtractUpload,
): Promise<ExtractInspection> {
  const source = await openBytes(upload.path, upload.name);
  const head = await readHead(source);
  const mapping = guessMapping(head.columns, head.sample);
  const at = mapping.specialty === undefined ? -1 : head.columns.indexOf(mapping.specialty);
  const known = await flowDatasetRepository(db.kysely).ofFile(vintage, upload.hash);
  return {
    id: upload.id,
    file: upload.name,
    bytes: upload.bytes,
    expiresAt: upload.expiresAt.toISOString(),
    separator: head.separator,
    encoding: head.encoding,
    columns: head.columns,
    sample: head.sample.slice(0, SHOWN),
    mapping,
    specialties: named(mapping.wide ?? head.sample.map((row) => row[at] ?? '')),
    professions: readProfessions().map(({ key, label }) => ({ key, label })),
    imported: known ? { id: known.id, name: known.name } : null,
  };
}

/**
 * The specialties that the columns chosen name, over the file.
 *
 * @throws DomainError `missing_column`
 */
export async function specialtiesOf(
  upload: ExtractUpload,
  columns: SpecialtyColumns,
): Promise<SpecialtiesFound> {
  const source = await openBytes(upload.path, upload.name);
  const head = await readHead(source);
  const wanted = 'wide' in columns ? columns.wide : [columns.specialty];
  const missing = wanted.find((name) => !head.columns.includes(name));
  if (missing !== undefined) {
    throw new DomainError(
      'missing_column',
      `Le fichier « ${upload.name} » n’a pas de colonne « ${missing} » : choisissez l’une de ${head.columns.map((name) => `« ${name} »`).join(', ')}.`,
      { columns: head.columns },
    );
  }
  if ('wide' in columns) return { items: named(columns.wide), complete: true };
  return findSpecialties(source, head, head.columns.indexOf(columns.specialty));
}

/**
 * Queues the import of a file that was sent, with what the user confirmed. Columns are checked at
 * once; the file is kept until it is imported, so that a refused one can be imported otherwise.
 *
 * @throws DomainError `missing_column`, `invalid_mapping`, `too_many_runs`
 */
export async function startImport(
  db: Database,
  { flowRuns, uploads }: { flowRuns: FlowRuns; uploads: ExtractUploads },
  vintage: Vintage,
  id: string,
  choices: ImportChoices,
  passages: string[],
  actor: string,
): Promise<FlowRunSummary> {
  return uploads.use(id, async (upload) => {
    const head = await readHead(await openBytes(upload.path, upload.name));
    planColumns(head.columns, choices.mapping, {}, upload.name);
    const name = choices.name.trim();
    const work = async (turn: RunTurn) => {
      const done = await uploads.use(id, async ({ path, name: fileName }) => {
        const request = { ...choices, name, file: path, fileName, vintage, passages, actor };
        return importAndAnalyse(db, request, turn);
      });
      await uploads.remove(id);
      return done;
    };
    const run = await flowRuns.start(vintage.id, 'import', name, work, actor);
    uploads.keep(id, flowRuns.ended(run.id));
    return run;
  });
}

/** Loads an extract and finds its poles: both or neither. */
async function importAndAnalyse(
  db: Database,
  request: FlowImport,
  { signal, onStep, onProgress }: RunTurn,
): Promise<FlowRunResult> {
  onStep(`Lecture de « ${request.fileName} »`);
  const { dataset, report } = await importFlows(db, request, {
    signal,
    onStep,
    onProgress: (done, total) => onProgress(READING * done, total),
  });
  try {
    onStep('Recherche des pôles');
    onProgress(READING + 0.1, 1);
    await stoppableTransaction(db, signal, (tx) => poleRepository(tx).analyse(dataset));
    signal.throwIfAborted();
  } catch (error) {
    await db.kysely
      .transaction()
      .execute((tx) => dropDataset(tx, dataset, request.actor ?? PROGRAM));
    throw error;
  }
  return { dataset, report };
}
