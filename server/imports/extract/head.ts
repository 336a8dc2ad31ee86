import { DomainError } from '../../errors.ts';
import { guessSeparator } from '../csv-table.ts';
import { decode, emptyFile } from '../text.ts';
import { type ByteSource, readBytes } from './bytes.ts';
import { LONGEST_LINE, lineTooLong, RecordScanner } from './records.ts';

type Encoding = 'utf-8' | 'windows-1252';

/** What the first lines of an extract tell. */
export interface ExtractHead {
  separator: string;
  /** of the names; codes and counts are the same in both */
  encoding: Encoding;
  columns: string[];
  /** first rows, cells as text */
  sample: string[][];
  /** where the header starts: bytes from the start of the text, and line of the file */
  offset: number;
  line: number;
}

/** Rows that the guess of the columns looks at. */
const SAMPLE = 200;
const ENOUGH = 1 << 16;

/**
 * Reads the first lines: the header is the first line that is neither blank nor a `#` comment.
 * `quotes` as in {@link RecordScanner}.
 */
export async function readHead(source: ByteSource, quotes = true): Promise<ExtractHead> {
  const { bytes, whole } = await firstBytes(source);
  refuseBinary(bytes, source.name);
  refuseReturns(bytes, source.name);
  const { offset, line } = headerStart(bytes, source.name, whole);
  const end = lineEnd(bytes, offset);
  const separator = guessSeparator(decode(bytes.subarray(offset, end)));
  const scanner = new RecordScanner(separator, source.name, line, quotes);
  const records: string[][] = [];
  let at = offset;
  while (at < bytes.length && records.length <= SAMPLE) {
    const next = scanner.next(bytes, at, bytes.length, whole);
    if (next < 0) break;
    at = next;
    if (!scanner.blank) records.push(cellsOf(scanner, bytes));
  }
  const [columns, ...sample] = records;
  if (columns === undefined) throw lineTooLong(source.name, line);
  if (sample.length === 0 && whole) throw emptyFile(source.name);
  refuseTwins(columns, source.name, line);
  return { separator, encoding: encodingOf(bytes), columns, sample, offset, line };
}

async function firstBytes(source: ByteSource): Promise<{ bytes: Buffer; whole: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  let lines = 0;
  for await (const chunk of readBytes(source)) {
    chunks.push(chunk);
    length += chunk.length;
    if (chunk.includes(0x0a)) lines += 1;
    if (length > LONGEST_LINE || (length >= ENOUGH && lines > 0)) {
      return { bytes: Buffer.concat(chunks), whole: false };
    }
  }
  return { bytes: Buffer.concat(chunks), whole: true };
}

function headerStart(bytes: Buffer, name: string, whole: boolean) {
  let offset = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let line = 1;
  for (;;) {
    const end = lineEnd(bytes, offset);
    const text = bytes.toString('latin1', offset, Math.min(end, offset + 200)).trim();
    if (end - offset > LONGEST_LINE) throw lineTooLong(name, line);
    if (text !== '' && !text.startsWith('#')) return { offset, line };
    if (end >= bytes.length) throw whole ? emptyFile(name) : lineTooLong(name, line);
    offset = end + 1;
    line += 1;
  }
}

function lineEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0x0a, from);
  return end < 0 ? bytes.length : end;
}

/** The cells of the record just scanned, as text. */
function cellsOf(scanner: RecordScanner, buffer: Buffer): string[] {
  return Array.from({ length: scanner.count }, (_, f) => cellText(scanner, buffer, f));
}

export function cellText(scanner: RecordScanner, buffer: Buffer, field: number): string {
  const bytes = buffer.subarray(scanner.starts[field] ?? 0, scanner.ends[field] ?? 0);
  const text = decode(bytes);
  return (scanner.doubled[field] ? text.replaceAll('""', '"') : text).trim();
}

/** UTF-8 unless some line of the sample cannot be. */
function encodingOf(bytes: Buffer): Encoding {
  const lastLine = bytes.lastIndexOf(0x0a);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(
      lastLine > 0 ? bytes.subarray(0, lastLine) : bytes,
    );
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** A NUL byte: no delimited text has one, every workbook, archive or image has. */
function refuseBinary(bytes: Buffer, name: string): void {
  if (!bytes.includes(0)) return;
  throw new DomainError(
    'unreadable_file',
    `Le fichier « ${name} » n’est pas du texte (classeur, archive, image ou UTF-16 ?) : enregistrez-le en CSV UTF-8, compressé en gzip ou non, puis recommencez.`,
    { file: name },
  );
}

/** Lines ended by returns alone, as old Macs wrote them: read, they would be one. */
function refuseReturns(bytes: Buffer, name: string): void {
  const first = bytes.indexOf(0x0d);
  if (first < 0 || first === bytes.length - 1 || bytes.includes(0x0a)) return;
  throw new DomainError(
    'unreadable_file',
    `Les lignes du fichier « ${name} » finissent par un retour chariot seul (CR, ancien format Mac) : enregistrez-le avec des fins de ligne CRLF (Windows) ou LF (Unix), puis recommencez.`,
    { file: name },
  );
}

function refuseTwins(columns: string[], name: string, line: number): void {
  const twin = columns.find((column, i) => column !== '' && columns.indexOf(column) < i);
  if (twin === undefined) return;
  throw new DomainError(
    'duplicate_columns',
    `Dans « ${name} », ligne ${line}, deux colonnes s’appellent « ${twin} » : renommez l’une des deux, puis recommencez.`,
    { file: name, line, column: twin, columns },
  );
}
