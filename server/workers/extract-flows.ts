import type { FlowImportReport } from '../contracts/flow-imports.ts';
import type { FlowRowNames } from '../db/flow-row-blocks.ts';
import { officialCodes } from '../imports/cpts-list/official-communes.ts';
import type { ByteSource } from '../imports/extract/bytes.ts';
import { FlowSorter } from '../imports/extract/flow-sorter.ts';
import type { ExtractHead } from '../imports/extract/head.ts';
import { Landings, type OfficialCodes } from '../imports/extract/landings.ts';
import type { ColumnPlan } from '../imports/extract/mapping.ts';
import { type PlacesReceiving, receiving } from '../imports/extract/place-inflows.ts';
import { readExtract } from '../imports/extract/read-extract.ts';
import { type RejectedRows, refuseReport } from '../imports/extract/refusals.ts';
import { SpecialtyList } from '../imports/extract/specialty-list.ts';
import { ImportTally } from '../imports/extract/tally.ts';
import type { CodeYears } from '../imports/follow-passages.ts';
import { readPassages } from '../imports/passages.ts';
import type { OnProgress } from '../imports/rows.ts';
import { rankedBlocks } from './ranked-blocks.ts';

/** An extract to be read, as a thread can be told. */
export interface ExtractTask {
  source: ByteSource;
  head: ExtractHead;
  plan: ColumnPlan;
  /** specialty names that stand for another */
  names: Record<string, string>;
  /** codes of the loaded communes */
  known: string[];
  /** paths of tables of code changes */
  passages: string[];
  years: CodeYears;
  rejected: RejectedRows;
}

/** What the whole file held, before any of its flows is handed over. */
export interface ExtractRead {
  /** codes of the communes met, by index */
  codes: readonly string[];
  /** by number */
  specialties: { key: string; label: string; patients: number; masked: number }[];
  report: FlowImportReport;
  /** what places receive, by number of specialty; places that receive nothing are left out */
  inflows: PlacesReceiving[];
}

/** An extract that is read whole, then handed over sorted. */
export interface ExtractFlows {
  read(): Promise<ExtractRead>;
  /** The flows as rows of `flow_row`, once the file was read. A block is its taker's until the next. */
  blocks(names: FlowRowNames): AsyncGenerator<Uint8Array<ArrayBuffer>>;
  /** Rows of `flow_over_all`, once those blocks were taken. */
  blocksOverAll(): AsyncGenerator<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** The same, which writes over blocks that were given back. */
export interface ExtractReader extends ExtractFlows {
  blocks(
    names: FlowRowNames,
    spare?: Uint8Array<ArrayBuffer>[],
  ): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/** Reads an extract here and now. */
export function extractFlows(
  { source, head, plan, names, known, passages, years, rejected }: ExtractTask,
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): ExtractReader {
  const sorter = new FlowSorter();
  let official: OfficialCodes | undefined;
  const landings = new Landings(new Set(known), readPassages(passages), years, () => {
    official ??= officialCodes();
    return official;
  });
  /** a third of a kilobyte a commune: kept until the other rows are in */
  const overAll: Uint8Array<ArrayBuffer>[] = [];
  return {
    async read() {
      const specialties = new SpecialtyList(source.name, names);
      const tally = new ImportTally();
      const reading = { source, head, plan, landings, specialties, tally, sink: sorter };
      for await (const _ of readExtract({ ...reading, onProgress })) signal?.throwIfAborted();
      const found = specialties.all();
      const report = tally.report({ ...head, name: source.name }, landings, found);
      refuseReport(report, tally.originsKnown, rejected);
      const { codes } = landings;
      return {
        codes,
        specialties: found,
        report,
        inflows: sorter.inflows(codes.length).map(receiving),
      };
    },
    async *blocks(rowNames, spare = []) {
      yield* rankedBlocks(sorter, landings.codes, rowNames, overAll, spare);
    },
    async *blocksOverAll() {
      yield* overAll;
    },
    async close() {
      sorter.close();
    },
  };
}
