import { fold } from '../french/fold.ts';

export type Cell = string | number | null;

export interface Column<Row> {
  key: string;
  label: string;
  /** what is sorted, filtered and exported; null sorts last either way */
  value(row: Row): Cell;
  /** what is shown; the value itself when absent */
  show?(row: Row): string;
  /** grid track, such as `minmax(120px, 2fr)` */
  width: string;
  numeric?: boolean;
  /** full wording, when the label is short */
  title?: string;
  swatch?(row: Row): string | null;
}

export interface Sort {
  key: string;
  descending: boolean;
}

const collator = new Intl.Collator('fr', { sensitivity: 'base', numeric: true });

/** Track of a column of figures: wide enough for the widest of them. */
export function widthOf(figures: Iterable<string>, least: number): string {
  let longest = 0;
  for (const figure of figures) longest = Math.max(longest, figure.length);
  return `${Math.max(least, Math.ceil(8 * longest) + 2)}px`;
}

/** Sorted copy; rows that tie keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
): Row[] {
  const column = columns.find(({ key }) => key === sort?.key);
  if (!sort || !column) return [...rows];
  const sign = sort.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, cell: column.value(row) }));
  keyed.sort((p, q) => {
    if (p.cell === null || q.cell === null) {
      return Number(p.cell === null) - Number(q.cell === null);
    }
    if (typeof p.cell === 'number' && typeof q.cell === 'number') return sign * (p.cell - q.cell);
    return sign * collator.compare(String(p.cell), String(q.cell));
  });
  return keyed.map(({ row }) => row);
}

/** First click sorts figures from the largest and words from A, the next one turns it round. */
export function nextSort<Row>(current: Sort | null, column: Column<Row>): Sort {
  if (current?.key === column.key) return { key: column.key, descending: !current.descending };
  return { key: column.key, descending: column.numeric === true };
}

/** Rows where every word typed is found in some text cell, accents and case aside. */
export function filterRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  typed: string,
): Row[] {
  const words = fold(typed).split(' ').filter(Boolean);
  if (words.length === 0) return [...rows];
  const texts = columns.filter(({ numeric }) => !numeric);
  return rows.filter((row) => {
    const text = texts.map((column) => fold(String(column.value(row) ?? ''))).join(' ');
    return words.every((word) => text.includes(word));
  });
}

/** Rows to draw: those in view and a few around, whatever the length of the table. */
export function windowOf(
  scrollTop: number,
  viewport: number,
  rowHeight: number,
  count: number,
  around = 6,
): { first: number; last: number } {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - around);
  const last = Math.min(count, Math.ceil((scrollTop + viewport) / rowHeight) + around);
  return { first: Math.min(first, last), last };
}
