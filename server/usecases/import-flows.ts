import type { ExtractMapping, FlowImportReport } from '../contracts/flow-imports.ts';
import { PROGRAM } from '../core/events/verbs.ts';
import type { Database } from '../db/database.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { flowPlaceRepository } from '../db/repositories/flow-places.ts';
import { flowStagingRepository, partitionOf } from '../db/repositories/flow-staging.ts';
import { unitRepository } from '../db/repositories/units.ts';
import { DomainError } from '../errors.ts';
import { type ByteSource, hashFile, openBytes } from '../imports/extract/bytes.ts';
import { guessMapping } from '../imports/extract/guess.ts';
import { type ExtractHead, readHead } from '../imports/extract/head.ts';
import { planColumns } from '../imports/extract/mapping.ts';
import type { RejectedRows } from '../imports/extract/refusals.ts';
import type { OnProgress } from '../imports/rows.ts';
import type { ExtractFlows, ExtractTask } from '../workers/extract-flows.ts';
import { readApart } from '../workers/extract-reader.ts';

export interface FlowImport {
  /** path of the extract */
  file: string;
  /** its name for messages, where the path is that of a temporary file */
  fileName?: string;
  vintage: { id: string; region_name: string; year: number | null };
  /** what the user says of the columns; the rest is guessed from the header */
  mapping: Partial<ExtractMapping>;
  /** paths of tables of code changes */
  passages: string[];
  /** of the dataset; by default the name of the file */
  name: string | null;
  /** year of the care, and of the codes of communes */
  year: number | null;
  /** whether one rejected line refuses the file, or is told in the report and left out */
  rejected: RejectedRows;
  /** signs the event; by default the program itself */
  actor?: string;
}

export interface FlowImportResult {
  dataset: number;
  report: FlowImportReport;
  /** what each column was taken for */
  mapping: ExtractMapping;
  /** every column of the file */
  columns: string[];
}

export interface FlowImportWatcher {
  /** bytes of the file, the greater part of the work */
  onProgress?: OnProgress;
  /** French: what is being done */
  onStep?: (step: string) => void;
  signal?: AbortSignal;
}

/** What the first lines of an extract tell, and which column is what as far as one can guess. */
async function inspectExtract({ file, fileName, mapping }: FlowImport): Promise<{
  source: ByteSource;
  head: ExtractHead;
  proposed: Partial<ExtractMapping>;
}> {
  const source = await openBytes(file, fileName);
  const head = await readHead(source);
  return { source, head, proposed: guessMapping(head.columns, head.sample, mapping.names) };
}

/**
 * Loads an extract of reimbursed care as a dataset of the vintage, whole or not at all, in memory
 * that does not grow with the file.
 *
 * @throws DomainError `already_imported` with the dataset the same file gave, `rejected_rows` and
 *   `no_known_origin` with the report, `import_cancelled`, and those of `readExtract`, `readHead` and `planColumns`
 */
export async function importFlows(
  db: Database,
  request: FlowImport,
  { onProgress, onStep, signal }: FlowImportWatcher = {},
): Promise<FlowImportResult> {
  const { vintage } = request;
  const { source, head, proposed } = await inspectExtract(request);
  const { plan, mapping } = planColumns(head.columns, request.mapping, proposed, source.name);
  const { code: known } = await unitRepository(db.kysely).communes(vintage.id);
  const { passages, rejected } = request;
  const names = mapping.names ?? {};
  const years = { since: request.year, until: vintage.year };
  const task: ExtractTask = { source, head, plan, names, known, passages, years, rejected };
  const staging = flowStagingRepository(db.kysely);
  const dataset = await staging.reserve();
  let reader: ExtractFlows | undefined;
  try {
    reader = readApart(task, { onProgress, signal });
    // Its thread reads the file meanwhile.
    const fileHash = await hashFile(source);
    await refuseTwice(db, vintage.id, fileHash, source.name);
    const { codes, specialties, report, inflows } = await reader.read();
    onStep?.('Enregistrement des flux');
    const places = await flowPlaceRepository(db.kysely).numbers(codes);
    await staging.create(dataset);
    const keys = specialties.map(({ key }) => key);
    const rows = reader.blocks({ dataset, specialties: keys, places });
    await db.copyRows(partitionOf(dataset), rows);
    await db.copyRows(partitionOf(dataset, 'flow_over_all'), reader.blocksOverAll());
    await staging.index(dataset);
    signal?.throwIfAborted();
    await db.kysely.transaction().execute(async (tx) => {
      const datasets = flowDatasetRepository(tx);
      await datasets.insert({
        id: dataset,
        vintage: vintage.id,
        kind: 'extract',
        name: request.name ?? source.name,
        provenance: provenance(source.name, request.year),
        parameters: { mapping, year: request.year },
        fileHash,
      });
      await flowStagingRepository(tx).attach(dataset);
      const kept = specialties.filter(({ patients, masked }) => patients + masked > 0);
      await datasets.insertSpecialties(dataset, kept);
      for (const [s, inflow] of inflows.entries()) {
        const received = inflow.places.length > 0 && keys[s];
        if (received) await datasets.insertInflow(dataset, received, inflow, places);
      }
      await datasets.setReport(dataset, report);
      const { rows, patients, masked } = report;
      await eventRepository(tx).record({
        actor: request.actor ?? PROGRAM,
        verb: 'import_flows',
        subject: `flow-dataset/${dataset}`,
        after: {
          name: request.name ?? source.name,
          file: source.name,
          fileHash,
          year: request.year,
          mapping,
          rows,
          patients,
          masked,
        },
      });
    });
    return { dataset, report, mapping, columns: head.columns };
  } catch (error) {
    await staging.drop(dataset);
    throw signal?.aborted ? cancelled(source.name) : error;
  } finally {
    await reader?.close();
  }
}

async function refuseTwice(
  db: Database,
  vintage: string,
  fileHash: string,
  file: string,
): Promise<void> {
  const known = await flowDatasetRepository(db.kysely).ofFile(vintage, fileHash);
  if (known === undefined) return;
  throw new DomainError(
    'already_imported',
    `Le fichier « ${file} » a déjà été importé, c’est le jeu de flux n° ${known.id} (« ${known.name} ») : choisissez-le dans la liste des jeux de flux, ou supprimez-le pour l’importer autrement.`,
    { dataset: known.id },
  );
}

function provenance(file: string, year: number | null): string {
  const when = year === null ? '' : `, année ${year}`;
  return `Extrait de soins remboursés lu dans le fichier « ${file} »${when}`;
}

function cancelled(file: string): DomainError {
  return new DomainError(
    'import_cancelled',
    `L’import de « ${file} » a été annulé : rien n’a été chargé.`,
  );
}
