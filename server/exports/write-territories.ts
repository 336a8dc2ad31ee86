import { writeShapefile } from './shapefile/write-shapefile.ts';
import type { ExportedTerritory, ExportFormat } from './territory.ts';
import { writeCsv } from './write-csv.ts';
import { writeGeojson } from './write-geojson.ts';
import { writeTopojson } from './write-topojson.ts';
import { writeXlsx } from './write-xlsx.ts';

/**
 * Territories in a format.
 *
 * @param name of the files in a zip, ASCII
 * @param date that a zip and its table carry
 */
export async function writeTerritories(
  format: ExportFormat,
  territories: readonly ExportedTerritory[],
  name: string,
  date: Date,
): Promise<Uint8Array> {
  switch (format) {
    case 'geojson':
      return writeGeojson(territories);
    case 'topojson':
      return writeTopojson(territories);
    case 'shapefile':
      return writeShapefile(territories, name, date);
    case 'csv':
      return writeCsv(territories);
    case 'xlsx':
      return writeXlsx(territories);
  }
}

/** What each format is on the web and on the disk. */
export const formats: Record<ExportFormat, { extension: string; type: string }> = {
  geojson: { extension: 'geojson', type: 'application/geo+json' },
  topojson: { extension: 'topojson', type: 'application/json; charset=utf-8' },
  shapefile: { extension: 'zip', type: 'application/zip' },
  csv: { extension: 'csv', type: 'text/csv; charset=utf-8' },
  xlsx: {
    extension: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
};
