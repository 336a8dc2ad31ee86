/**
 * A cell as French spreadsheets read it between semicolons: decimal comma, quotes where needed. A
 * text that starts like a formula would be run: an apostrophe keeps it a text.
 */
function csvField(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell).replace('.', ',');
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as French spreadsheets open them: CRLF, and a byte order mark so that accents survive. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(csvField).join(';')).join('\r\n')}\r\n`;
}
