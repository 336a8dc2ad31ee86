import type { Kysely } from 'kysely';
import { unitLoadingRepository } from '../../server/db/repositories/unit-loading.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import type { Schema } from '../../server/db/schema.ts';
import type { UnitRow } from '../../server/imports/rows.ts';
import { syntheticRegion } from './synthetic-region.ts';

/** The communes of a synthetic region as a vintage, without borders: no analysis asks for them. */
export async function loadSynthetic(
  db: Kysely<Schema>,
  communes: number,
  seed: number,
): Promise<{ id: string; region_name: string; codes: string[] }> {
  const { code, x, y, population } = syntheticRegion(communes, seed);
  const units: UnitRow[] = code.map((own, i) => {
    const [lon, lat] = [-1 + x[i]! / 80, 44 + y[i]! / 111].map((angle) => Number(angle.toFixed(5)));
    const [west, south] = [lon! - 0.005, lat! - 0.005];
    const ring = [
      [west, south],
      [west + 0.01, south],
      [west + 0.01, south + 0.01],
      [west, south + 0.01],
      [west, south],
    ];
    return {
      code: own,
      name: `Commune ${own}`,
      department: own.slice(0, 2),
      region: '00',
      epci: null,
      population: population[i]!,
      geometry: { type: 'Polygon', coordinates: [ring] },
      point: [lon!, lat!],
    };
  });
  const [id, region_name] = ['bench', 'Région d’essai'];
  await db.transaction().execute(async (tx) => {
    const loading = unitLoadingRepository(tx);
    await loading.stage(units);
    await loading.withoutArea();
    await vintageRepository(tx).insert({
      id,
      region_code: '00',
      region_name,
      year: null,
      source_kind: 'files',
      source: 'Communes tirées au sort',
      supply_source: null,
      units: communes,
      population: population.reduce((sum, people) => sum + people, 0),
      remarks: [],
      files_print: null,
    });
    await loading.adopt(id);
  });
  return { id, region_name, codes: code };
}
