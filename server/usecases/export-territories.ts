import type { Kysely } from 'kysely';
import type { DraftExport, ExportFormat } from '../contracts/territory-files.ts';
import { cptsStatusLabels } from '../core/cpts-status-labels.ts';
import { searchName } from '../core/search-name.ts';
import { territoryExportRepository } from '../db/repositories/territory-exports.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { writeCsv } from '../exports/write-csv.ts';
import { formats } from '../exports/write-territories.ts';
import { slug } from '../imports/slug.ts';
import { runTask } from '../workers/task.ts';
import type { TerritoryExportTask } from '../workers/territory-export.ts';
import { refuseUnknownUnits } from './create-cpts.ts';
import { unknownCpts } from './known-cpts.ts';

export interface TerritoriesFile {
  /** ASCII */
  name: string;
  type: string;
  bytes: Uint8Array;
}

type Vintage = { id: string; region_name: string };

interface Wanted {
  name: string;
  status: string;
  units: string[];
}

/**
 * CPTS as they are now, in a file.
 *
 * @param ids numbers of CPTS; null for all that are not closed
 * @throws DomainError `unknown_cpts`
 */
export async function exportCpts(
  db: Kysely<Schema>,
  vintage: Vintage,
  format: ExportFormat,
  ids: number[] | null,
): Promise<TerritoriesFile> {
  const found = await territoryExportRepository(db).cpts(vintage.id, ids);
  const missing = ids?.find((id) => !found.some((cpts) => cpts.id === id));
  if (missing !== undefined) throw unknownCpts(missing);
  if (found.length === 0) {
    throw new DomainError(
      'no_territory',
      'Il n’y a aucune CPTS à exporter : créez-en une, puis recommencez.',
    );
  }
  const [only] = found;
  const title =
    only && found.length === 1 ? cptsFileName(only.name) : `cpts-${slug(vintage.region_name)}`;
  const territories = found.map(({ name, status, units }) => ({
    name,
    status: cptsStatusLabels[status],
    units,
  }));
  return exported(db, format, title, territories);
}

/**
 * A territory being drawn, in a file.
 *
 * @throws DomainError `unknown_units`
 */
export async function exportDraft(
  db: Kysely<Schema>,
  vintage: Vintage,
  { format, name, units }: DraftExport,
): Promise<TerritoriesFile> {
  await refuseUnknownUnits(db, vintage.id, units);
  const called = name.trim() || 'Territoire dessiné';
  const draft = { name: called, status: 'Brouillon', units: [...new Set(units)] };
  return exported(db, format, name.trim() ? cptsFileName(called) : slug(called), [draft]);
}

async function exported(
  db: Kysely<Schema>,
  format: ExportFormat,
  title: string,
  wanted: Wanted[],
): Promise<TerritoriesFile> {
  const territories: TerritoryExportTask['territories'] = [];
  // One short query each: the embedded database serves others in between.
  for (const { name, status, units } of wanted) {
    const held = await territoryExportRepository(db).units(units);
    territories.push({ name, status, ...held });
  }
  const { extension, type } = formats[format];
  const bytes = await written(format, title, territories);
  return { name: `${title}.${extension}`, type, bytes };
}

async function written(
  format: ExportFormat,
  title: string,
  territories: TerritoryExportTask['territories'],
): Promise<Uint8Array> {
  // Without outlines there is nothing that a thread would be quicker at.
  if (format === 'csv') return writeCsv(territories);
  return runTask<TerritoryExportTask, Uint8Array>(
    new URL('../workers/territory-export.ts', import.meta.url),
    { format, territories, name: title, date: new Date() },
  );
}

/** « CPTS du Pays d'Auray » → `cpts-du-pays-d-auray`; « Vendôme » → `cpts-vendome`. */
function cptsFileName(name: string): string {
  const called = slug(name).slice(0, 80).replace(/-+$/, '') || 'sans-nom';
  return searchName(name).split(' ').includes('cpts') ? called : `cpts-${called}`;
}
