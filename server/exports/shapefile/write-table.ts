/** A column of a dBASE table: text of so many bytes, or whole numbers of so many digits. */
export interface TableField {
  /** ten ASCII signs at most */
  name: string;
  type: 'C' | 'N';
  length: number;
}

/**
 * A `.dbf` in UTF-8, which the `.cpg` beside it says. Texts that have no room are cut between two
 * signs.
 *
 * Format: dBASE III table.
 */
export function writeTable(
  fields: readonly TableField[],
  rows: readonly (readonly (string | number)[])[],
  date: Date,
): Uint8Array {
  const start = 32 + 32 * fields.length + 1;
  const length = fields.reduce((sum, field) => sum + field.length, 1);
  const bytes = Buffer.alloc(start + rows.length * length + 1, 0x20);
  bytes.fill(0, 0, start);
  bytes[0] = 0x03;
  bytes.set([date.getUTCFullYear() - 1900, date.getUTCMonth() + 1, date.getUTCDate()], 1);
  bytes.writeUInt32LE(rows.length, 4);
  bytes.writeUInt16LE(start, 8);
  bytes.writeUInt16LE(length, 10);
  fields.forEach(({ name, type, length: width }, k) => {
    const at = 32 + 32 * k;
    bytes.write(name.slice(0, 10), at, 'latin1');
    bytes.write(type, at + 11, 'latin1');
    bytes[at + 16] = width;
  });
  bytes[start - 1] = 0x0d;
  rows.forEach((row, index) => {
    let at = start + index * length + 1;
    fields.forEach(({ type, length: width }, k) => {
      const value = String(row[k] ?? '');
      const cell = fitted(type === 'N' ? value.padStart(width) : value, width);
      bytes.set(cell, at);
      at += width;
    });
  });
  bytes[bytes.length - 1] = 0x1a;
  return bytes;
}

/** UTF-8 of a text in so many bytes. */
function fitted(text: string, width: number): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= width) return bytes;
  let end = width;
  // 10xxxxxx goes on a sign that began before.
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}
