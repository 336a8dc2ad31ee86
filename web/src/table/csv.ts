import type { Cell, Column } from './model.ts';

/**
 * A table as French spreadsheets open it: semicolons, decimal commas, CRLF, and a byte order mark
 * so that accents survive.
 */
export function toCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = [
    columns.map(({ label, title }) => field(title ?? label)).join(';'),
    ...rows.map((row) => columns.map((column) => field(column.value(row))).join(';')),
  ];
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell).replace('.', ',');
  // A spreadsheet runs a text that starts like a formula: the quote keeps it a text.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Hands a file to the reader: a CSV as a text, or what the blob says that it is. */
export function download(name: string, content: string | Blob): void {
  const csv = { type: 'text/csv;charset=utf-8' };
  const blob = typeof content === 'string' ? new Blob([content], csv) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
