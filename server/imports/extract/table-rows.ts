import type { OnProgress } from '../rows.ts';
import type { ByteSource } from './bytes.ts';
import { cellText, type ExtractHead } from './head.ts';
import { RecordScanner } from './records.ts';
import { scanRecords } from './scan-records.ts';

/** One row of a table as it is read; gone with the next one. */
export interface TableRow {
  /** 1 is the first line of the file */
  readonly line: number;
  /** text of a cell, '' where the row is too short */
  cell(column: number): string;
}

/**
 * Hands every row below the header to `take`, in memory that does not grow with the file; rows whose
 * cells are all empty are passed over.
 *
 * @throws DomainError those of `scanRecords`
 */
export async function eachRow(
  source: ByteSource,
  head: ExtractHead,
  take: (row: TableRow) => void,
  onProgress?: OnProgress,
): Promise<void> {
  const scanner = new RecordScanner(head.separator, source.name, head.line);
  const { starts, ends } = scanner;
  let bytes: Buffer = Buffer.alloc(0);
  const row: TableRow = {
    get line() {
      return scanner.line;
    },
    // Beyond the last field of a short line, the scanner still holds those of the line before.
    cell: (column) =>
      column < 0 || column >= scanner.count || starts[column] === ends[column]
        ? ''
        : cellText(scanner, bytes, column),
  };
  const onRecord = (buffer: Buffer) => {
    bytes = buffer;
    for (let field = 0; field < scanner.count; field++) {
      if (starts[field] !== ends[field]) return take(row);
    }
  };
  for await (const _ of scanRecords(source, head, scanner, onRecord, onProgress));
}
