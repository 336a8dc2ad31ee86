import type { Column, Sort } from '../../table/model.ts';

/** One choice of rows for the drawer. */
export interface DrawerTable<Row> {
  label: string;
  /** name of the file exported */
  file: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  /** columns of the file that the screen has no room for: codes, and what the figures are made from */
  exported: readonly Column<Row>[];
  keyOf(row: Row): string;
  /** key of the row that is selected on the map too */
  selected(): string | null;
  onSelect(row: Row): void;
  sort: Sort;
  empty: string;
  minWidth: number;
}
