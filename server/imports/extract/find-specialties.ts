import type { SpecialtiesFound, SpecialtyFound } from '../../contracts/flow-imports.ts';
import { type ByteSource, readBytes } from './bytes.ts';
import { cellText, type ExtractHead } from './head.ts';
import { LONGEST_LINE, RecordScanner } from './records.ts';
import { specialtyNamed } from './specialties.ts';

/** Text that is looked through, bytes: more than a million rows, in about a second. */
const ENOUGH = 64 << 20;
/** More names than one can confirm: the column holds something else. */
const MOST = 500;

/** The distinct names of one column, in the order they come, and what each is taken for. */
export async function findSpecialties(
  source: ByteSource,
  head: ExtractHead,
  column: number,
): Promise<SpecialtiesFound> {
  const scanner = new RecordScanner(head.separator, source.name, head.line);
  const written = new Map<string, string>();
  let rest = Buffer.alloc(0);
  let skip = head.offset;
  let seen = 0;
  let headerSeen = false;
  const scan = (buffer: Buffer, last: boolean): number => {
    let at = 0;
    while (at < buffer.length) {
      const next = scanner.next(buffer, at, buffer.length, last);
      if (next < 0) break;
      at = next;
      if (scanner.blank || column >= scanner.count) continue;
      if (!headerSeen) {
        headerSeen = true;
        continue;
      }
      const bytes = buffer.toString('latin1', scanner.starts[column], scanner.ends[column]);
      if (!written.has(bytes)) written.set(bytes, cellText(scanner, buffer, column));
    }
    return at;
  };
  for await (const chunk of readBytes(source)) {
    const piece = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - piece.length;
    seen += piece.length;
    const buffer = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const at = scan(buffer, false);
    // A line too long, or more names than specialties: the import itself will say what is wrong.
    const odd = buffer.length - at > LONGEST_LINE || written.size > MOST;
    if (odd || seen > ENOUGH) return { items: named(written.values()), complete: false };
    rest = Buffer.from(buffer.subarray(at));
  }
  scan(rest, true);
  return { items: named(written.values()), complete: written.size <= MOST };
}

/** What each name is taken for; blank ones name no specialty. */
export function named(names: Iterable<string>): SpecialtyFound[] {
  const found: SpecialtyFound[] = [];
  for (const written of new Set(names)) {
    const name = specialtyNamed(written);
    if (name && found.length < MOST) found.push({ written, ...name });
  }
  return found;
}
