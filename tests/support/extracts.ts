import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExtractMapping, FlowImportReport } from '../../server/contracts/flow-imports.ts';
import { openBytes } from '../../server/imports/extract/bytes.ts';
import { guessMapping } from '../../server/imports/extract/guess.ts';
import { readHead } from '../../server/imports/extract/head.ts';
import { Landings, type OfficialCodes } from '../../server/imports/extract/landings.ts';
import { planColumns } from '../../server/imports/extract/mapping.ts';
import { readExtract } from '../../server/imports/extract/read-extract.ts';
import { type RejectedRows, refuseReport } from '../../server/imports/extract/refusals.ts';
import { SpecialtyList } from '../../server/imports/extract/specialty-list.ts';
import { ImportTally } from '../../server/imports/extract/tally.ts';
import type { CodeYears } from '../../server/imports/follow-passages.ts';
import type { Passages } from '../../server/imports/passages.ts';

export interface ReadFlow {
  specialty: string;
  origin: string;
  destination: string;
  patients: number;
  masked: number;
}

interface ReadOptions {
  mapping?: Partial<ExtractMapping>;
  passages?: Passages;
  rejected?: RejectedRows;
  years?: CodeYears;
  official?: OfficialCodes;
}

interface ReadResult {
  flows: ReadFlow[];
  report: FlowImportReport;
  mapping: ExtractMapping;
}

/** Runs `work` on a file of the given content, which is gone afterwards. */
export async function withFile<T>(
  content: string | Uint8Array,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'maillage-extract-'));
  try {
    const file = join(folder, 'extrait.csv');
    writeFileSync(file, content);
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads an extract without a database: its flows in the order they came, and its report. */
export async function readWhole(
  content: string | Uint8Array,
  known: readonly string[],
  options: ReadOptions = {},
): Promise<ReadResult> {
  return withFile(content, (file) => readPath(file, known, options));
}

export async function readPath(
  file: string,
  known: readonly string[],
  options: ReadOptions = {},
): Promise<ReadResult> {
  const source = await openBytes(file);
  const head = await readHead(source);
  const { plan, mapping } = planColumns(
    head.columns,
    options.mapping ?? {},
    guessMapping(head.columns, head.sample),
    source.name,
  );
  const passages = options.passages ?? { forward: new Map(), backward: new Map() };
  const landings = new Landings(
    new Set(known),
    passages,
    options.years,
    options.official && (() => options.official!),
  );
  const specialties = new SpecialtyList(source.name, mapping.names);
  const tally = new ImportTally();
  const read: [number, number, number, number, number][] = [];
  const sink = {
    add: (...flow: [number, number, number, number, number]) => void read.push(flow),
  };
  const reading = { source, head, plan, landings, specialties, tally, sink };
  for await (const _ of readExtract(reading));
  const names = specialties.all();
  const report = tally.report({ ...head, name: source.name }, landings, names);
  refuseReport(report, tally.originsKnown, options.rejected ?? 'skip');
  const { codes } = landings;
  return {
    flows: read.map(([s, origin, destination, patients, masked]) => ({
      specialty: names[s]?.key ?? '',
      origin: codes[origin] ?? '',
      destination: codes[destination] ?? '',
      patients,
      masked,
    })),
    report,
    mapping,
  };
}
