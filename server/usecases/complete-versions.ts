import type { Kysely } from 'kysely';
import type { TerritoryFigures } from '../contracts/cpts-versions.ts';
import { defaultPoleParameters } from '../contracts/poles.ts';
import { territoryShape } from '../core/territory/figures.ts';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { rounded } from '../db/repositories/flows.ts';
import { territoryRepository } from '../db/repositories/territories.ts';
import type { Schema } from '../db/schema.ts';
import { measureSets } from './flow-sets.ts';

/**
 * Writes what versions are kept with besides their units: their figures, by the latest flows of the
 * vintage, and their outline. After the transaction that saved them, each in statements of its own:
 * a hundred outlines take long to dissolve, and others would wait. What a program that was killed
 * left undone is done when the versions are next read.
 */
export async function completeVersions(
  db: Kysely<Schema>,
  vintage: string,
  cpts: number[],
): Promise<void> {
  const versions = cptsVersionRepository(db);
  const incomplete = await versions.incomplete(cpts);
  if (incomplete.length === 0) return;
  const figures = await figuresOf(
    db,
    vintage,
    incomplete.map(({ units }) => units),
  );
  for (const [k, { cpts: id, number }] of incomplete.entries()) {
    await versions.complete(id, number, figures[k]!);
  }
}

/**
 * The same for versions that were just saved, whose author is told so whatever becomes of it: a
 * failure is met, and told, when the versions are next read.
 */
export async function completeSaved(
  db: Kysely<Schema>,
  vintage: string,
  cpts: number[],
): Promise<void> {
  await completeVersions(db, vintage, cpts).catch(() => undefined);
}

async function figuresOf(
  db: Kysely<Schema>,
  vintage: string,
  territories: string[][],
): Promise<TerritoryFigures[]> {
  const dataset = await flowDatasetRepository(db).latest(vintage);
  const exchanges = dataset
    ? await measureSets(
        db,
        { dataset: dataset.id, specialty: 'all', masked: defaultPoleParameters.masked },
        { sets: territories.map((units, k) => ({ name: `${k}`, units })), k: 0 },
      )
    : null;
  const figures: TerritoryFigures[] = [];
  for (const [k, units] of territories.entries()) {
    const shape = territoryShape(await territoryRepository(db).columns(units));
    figures.push({
      ...shape,
      areaKm2: rounded(shape.areaKm2, 2),
      compactness: shape.compactness === null ? null : rounded(shape.compactness, 6),
      li: exchanges?.sets[k]?.li ?? null,
      msi: exchanges?.sets[k]?.msi ?? null,
      dataset: dataset ? { id: dataset.id, name: dataset.name, kind: dataset.kind } : null,
    });
  }
  return figures;
}
