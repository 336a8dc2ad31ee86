import type { ExportedTerritory, ExportFormat } from '../exports/territory.ts';
import { writeTerritories } from '../exports/write-territories.ts';
import { serveTask } from './task.ts';

/** A territory whose outline is still GeoJSON text. */
export type WrittenTerritory = Omit<ExportedTerritory, 'outline'> & { outline: string };

export interface TerritoryExportTask {
  format: ExportFormat;
  territories: WrittenTerritory[];
  /** of the files in a zip, ASCII */
  name: string;
  date: Date;
}

await serveTask<TerritoryExportTask, Uint8Array>(({ format, territories, name, date }) =>
  writeTerritories(
    format,
    territories.map((one) => ({ ...one, outline: JSON.parse(one.outline) })),
    name,
    date,
  ),
);
