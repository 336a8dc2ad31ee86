import { csvText } from '../../../server/core/csv-field.ts';
import type { Column } from './model.ts';

/**
 * A table as French spreadsheets open it: semicolons, decimal commas, CRLF, and a byte order mark
 * so that accents survive.
 */
export function toCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  return csvText([
    columns.map(({ label, title }) => title ?? label),
    ...rows.map((row) => columns.map((column) => column.value(row))),
  ]);
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
