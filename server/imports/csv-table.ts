import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '../errors.ts';
import { emptyFile, readText } from './text.ts';

/** A delimited file: its header, and its rows as text with their line in the file. */
export interface CsvTable {
  /** file name, for messages */
  name: string;
  columns: string[];
  rows: CsvRow[];
}

interface CsvRow {
  /** 1 is the first line of the file */
  line: number;
  cells: string[];
}

const separators = [',', ';', '\t', '|'] as const;

/** Reads a file with a header line; lines that start with `#` before it are comments. */
export function readTable(file: string): CsvTable {
  return tableOf(readText(file), basename(file));
}

/** The same for text at hand, of a file called `name`. */
export function tableOf(text: string, name: string): CsvTable {
  const start = headerStart(text);
  const records = parseRecords(text.slice(start.offset), name, start.line);
  const [header, ...rows] = records;
  if (header === undefined || rows.length === 0) throw emptyFile(name);
  return { name, columns: header.cells.map((cell) => cell.trim()), rows };
}

function parseRecords(text: string, name: string, skippedLines: number): CsvRow[] {
  try {
    const parsed = parse(text, {
      delimiter: guessSeparator(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return parsed
      .filter(({ record }) => record.some((cell) => cell !== ''))
      .map(({ record, info }) => ({ line: info.lines + skippedLines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines + skippedLines : 1;
    throw new DomainError(
      'unreadable_file',
      `Le fichier « ${name} » n’est pas un tableau lisible près de la ligne ${line} (guillemet non fermé ?) : corrigez cette ligne, puis recommencez.`,
      { file: name, line },
      { cause: error },
    );
  }
}

/** The separator seen most often in the header, outside quotes. */
export function guessSeparator(text: string): string {
  const header = (text.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  let best: string = ',';
  let most = 0;
  for (const separator of separators) {
    const count = header.split(separator).length - 1;
    if (count > most) {
      best = separator;
      most = count;
    }
  }
  return best;
}

function headerStart(text: string): { offset: number; line: number } {
  let offset = 0;
  let line = 0;
  for (;;) {
    const end = text.indexOf('\n', offset);
    const current = text.slice(offset, end < 0 ? text.length : end).trim();
    if (end < 0 || (current !== '' && !current.startsWith('#'))) return { offset, line };
    offset = end + 1;
    line += 1;
  }
}
