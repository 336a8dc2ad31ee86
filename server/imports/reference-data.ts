import { fileURLToPath } from 'node:url';
import { type CsvTable, readTable } from './csv-table.ts';

/** Reads one of the project's own tables, in `data/`. */
export function referenceTable(name: string): CsvTable {
  return readTable(fileURLToPath(new URL(`../../data/${name}`, import.meta.url)));
}
