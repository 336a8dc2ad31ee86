import { truncated } from '../refusals.ts';
import { codePageOf } from './code-pages.ts';

/**
 * The rows of a `.dbf`, as text or numbers; null where a row is marked as deleted.
 *
 * Format: dBASE III table, as ESRI writes it.
 *
 * @param cpg text of the `.cpg` beside it, which names its encoding
 * @throws DomainError `truncated_file`
 */
export function readRows(
  bytes: Uint8Array,
  cpg: string | null,
  file: string,
): (Record<string, string | number> | null)[] {
  if (bytes.length < 33) throw truncated(file, 'le .dbf n’a même pas son en-tête');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(4, true);
  const start = view.getUint16(8, true);
  const length = view.getUint16(10, true);
  const decode = codePageOf(cpg, view.getUint8(29), bytes.subarray(start));
  const fields = readFields(bytes, start, decode);
  const width = fields.reduce((sum, field) => sum + field.length, 1);
  if (length < width || start + count * length > bytes.length) {
    throw truncated(file, `le .dbf n’a pas la place des ${count} lignes qu’il annonce`);
  }
  const rows: (Record<string, string | number> | null)[] = [];
  for (let row = 0; row < count; row++) {
    let at = start + row * length;
    const deleted = bytes[at] === 0x2a;
    at += 1;
    const values: [string, string | number][] = [];
    for (const field of fields) {
      const text = decode(bytes.subarray(at, at + field.length))
        .replace(/\0+$/, '')
        .trim();
      values.push([field.name, text]);
      at += field.length;
    }
    rows.push(deleted ? null : Object.fromEntries(values));
  }
  return rows;
}

interface Field {
  name: string;
  length: number;
}

function readFields(bytes: Uint8Array, start: number, decode: (part: Uint8Array) => string) {
  const fields: Field[] = [];
  for (let at = 32; at + 32 <= Math.min(start, bytes.length) && bytes[at] !== 0x0d; at += 32) {
    const end = bytes.subarray(at, at + 11).indexOf(0);
    const name = decode(bytes.subarray(at, at + (end < 0 ? 11 : end)));
    fields.push({ name, length: bytes[at + 16]! });
  }
  return fields;
}
