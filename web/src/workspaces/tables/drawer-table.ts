import type { Column, Sort } from '../../table/model.ts';

/** A way to narrow the rows, beside the words typed. */
export type DrawerFilter<Row> =
  | { kind: 'check'; key: string; label: string; keep(row: Row): boolean }
  /** one of the values found in the rows; `any` is said while none is chosen */
  | { kind: 'choice'; key: string; label: string; any: string; of(row: Row): string | null }
  | { kind: 'least'; key: string; label: string; short: string; of(row: Row): number };

/** One choice of rows for the drawer. */
export interface DrawerTable<Row> {
  label: string;
  /** name of the file exported */
  file: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  /** columns of the file that the screen has no room for: codes, and what the figures are made from */
  exported: readonly Column<Row>[];
  filters?: readonly DrawerFilter<Row>[];
  keyOf(row: Row): string;
  /** key of the row that is selected on the map too */
  selected(): string | null;
  onSelect(row: Row): void;
  /** what can be done to the rows that the filters leave */
  acts?: readonly { label: string; run(rows: readonly Row[]): void }[];
  sort: Sort;
  empty: string;
  minWidth: number;
}
