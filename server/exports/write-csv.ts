import { csvText } from '../core/csv-field.ts';
import { communesTable } from './communes-table.ts';
import type { ExportedTerritory } from './territory.ts';

/** Semicolons, UTF-8 with a byte order mark: Excel in French opens it with its accents. */
export function writeCsv(territories: readonly Omit<ExportedTerritory, 'outline'>[]): Uint8Array {
  const { header, rows } = communesTable(territories);
  return Buffer.from(csvText([header, ...rows]), 'utf8');
}
