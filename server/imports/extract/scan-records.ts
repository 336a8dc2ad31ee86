import type { OnProgress } from '../rows.ts';
import { type ByteSource, readBytes } from './bytes.ts';
import type { ExtractHead } from './head.ts';
import { LONGEST_LINE, lineTooLong, type RecordScanner } from './records.ts';

/**
 * Takes every record below the header of a table, piece by piece, and yields after each piece. Memory
 * holds one piece and one line; `onRecord` finds the fields in the scanner and their bytes in the
 * buffer. Lines with nothing in them are passed over.
 *
 * @throws DomainError `line_too_long`, `truncated_file`, `unreadable_file`
 */
export async function* scanRecords(
  source: ByteSource,
  head: Pick<ExtractHead, 'offset'>,
  scanner: RecordScanner,
  onRecord: (buffer: Buffer) => void,
  onProgress?: OnProgress,
): AsyncGenerator<void> {
  let headerSeen = false;
  /** Reads every whole record of the buffer; answers where the first one that is not starts. */
  const take = (buffer: Buffer, last: boolean): number => {
    let at = 0;
    while (at < buffer.length) {
      const next = scanner.next(buffer, at, buffer.length, last);
      if (next < 0) break;
      if (next - at > LONGEST_LINE) throw lineTooLong(source.name, scanner.line);
      at = next;
      if (scanner.blank) continue;
      if (headerSeen) onRecord(buffer);
      else headerSeen = true;
    }
    return at;
  };
  let rest = Buffer.alloc(0);
  let skipped = 0;
  for await (const chunk of readBytes(source, onProgress)) {
    const skip = Math.min(head.offset - skipped, chunk.length);
    skipped += skip;
    const piece = skip > 0 ? chunk.subarray(skip) : chunk;
    const buffer = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const at = take(buffer, false);
    if (buffer.length - at > LONGEST_LINE) throw lineTooLong(source.name, scanner.line);
    // A copy: the piece it belongs to is reused or given back.
    rest = Buffer.from(buffer.subarray(at));
    yield;
  }
  take(rest, true);
  yield;
}
