import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { communesTable } from './communes-table.ts';
import type { ExportedTerritory } from './territory.ts';

/**
 * A workbook: the communes, and with several territories a first sheet that lists them. Texts are
 * typed as texts, so that one that starts with `=` is no formula and a code keeps its zero.
 */
export async function writeXlsx(territories: readonly ExportedTerritory[]): Promise<Uint8Array> {
  const { header, rows } = communesTable(territories);
  const communes = {
    sheet: 'Communes',
    data: sheet(header, rows),
    columns: header.map((title) => ({ width: title === 'cpts' || title === 'nom' ? 34 : 14 })),
    stickyRowsCount: 1,
  };
  if (territories.length === 1) return writeXlsxFile([communes]).toBuffer();
  const list = {
    sheet: 'CPTS',
    data: sheet(
      ['cpts', 'statut', 'communes', 'population'],
      territories.map((one) => [one.name, one.status, one.units.length, one.population]),
    ),
    columns: [{ width: 34 }, { width: 24 }, { width: 14 }, { width: 14 }],
    stickyRowsCount: 1,
  };
  return writeXlsxFile([list, communes]).toBuffer();
}

function sheet(header: string[], rows: (string | number)[][]): SheetData {
  return [
    header.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) =>
      row.map((value) =>
        typeof value === 'number'
          ? { value, type: Number, format: '#,##0' }
          : { value, type: String },
      ),
    ),
  ];
}
