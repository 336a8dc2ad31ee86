import type { Kysely } from 'kysely';
import type { FlowColumns } from '../core/flows/columns.ts';
import type { FlowMatrix } from '../core/flows/matrix.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { flowRepository } from '../db/repositories/flows.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import { supplyRepository } from '../db/repositories/supply.ts';
import { type UnitColumns, unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import type { OnProgress } from '../imports/rows.ts';
import type { HuffTask } from '../workers/huff.ts';
import { runTask } from '../workers/task.ts';

export interface GravityParameters {
  /** exponent of supply */
  alpha: number;
  /** decay with distance, km */
  betaKm: number;
  /** destinations kept for each commune and specialty */
  destinations: number;
}

/** Values that came close to a published map of Centre-Val de Loire (domain: Huff model). */
export const defaultGravity: GravityParameters = { alpha: 0.7, betaKm: 8, destinations: 12 };

/**
 * Models the flows of every specialty that has supply in the vintage, as a dataset like any other,
 * and analyses its poles. Answers the dataset, or null where no specialty has supply.
 */
export async function modelFlows(
  db: Kysely<Schema>,
  vintage: { id: string; supply_source: string | null },
  parameters: GravityParameters,
  onProgress: OnProgress = () => {},
): Promise<number | null> {
  const units = await unitRepository(db).columns(vintage.id);
  const specialties = await supplyRepository(db).specialties(vintage.id);
  if (specialties.length === 0) return null;

  const index = new Map(units.code.map((code, i) => [code, i]));
  const supplies = specialties.map((specialty) => {
    const supply = new Float64Array(units.code.length);
    specialty.units.forEach((unit, k) => {
      supply[index.get(unit) ?? -1] = specialty.counts[k] ?? 0;
    });
    return supply;
  });
  // A third of the time is the model, the rest is writing it down.
  const matrices = await runTask<HuffTask, FlowMatrix[]>(
    new URL('../workers/huff.ts', import.meta.url),
    { population: units.population, lon: units.lon, lat: units.lat, supplies, ...parameters },
    { onProgress: (done, total) => onProgress(done, 3 * total) },
  );

  return inTransaction(db, async (tx) => {
    const datasets = flowDatasetRepository(tx);
    const flows = flowRepository(tx);
    const dataset = await datasets.insert({
      vintage: vintage.id,
      kind: 'modelled',
      name: `Flux modélisés (Huff, α = ${french(parameters.alpha)}, β = ${french(parameters.betaKm)} km)`,
      provenance: `Flux modélisés à partir de la population, de l’offre et des distances à vol d’oiseau. ${vintage.supply_source ?? 'Offre inconnue'}.`,
      parameters: { model: 'huff', distance: 'straight-line', ...parameters },
    });
    for (const [s, specialty] of specialties.entries()) {
      const matrix = matrices[s];
      if (matrix) await flows.insert(dataset, specialty.key, toColumns(matrix, units));
      onProgress(specialties.length + 2 * (s + 1), 3 * specialties.length);
    }
    await flows.analyse();
    await datasets.describeSpecialties(
      dataset,
      new Map(specialties.map(({ key, label }) => [key, label])),
    );
    await poleRepository(tx).analyse(dataset);
    return dataset;
  });
}

/** Within the caller's transaction when there is one. */
function inTransaction<T>(db: Kysely<Schema>, work: (tx: Kysely<Schema>) => Promise<T>) {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

function toColumns(matrix: FlowMatrix, units: UnitColumns): FlowColumns {
  const origin: string[] = [];
  const destination: string[] = [];
  for (let i = 0; i < matrix.n; i++) {
    for (let e = matrix.offsets[i] ?? 0; e < (matrix.offsets[i + 1] ?? 0); e++) {
      origin.push(units.code[i] ?? '');
      destination.push(units.code[matrix.destinations[e] ?? -1] ?? '');
    }
  }
  return { origin, destination, patients: Array.from(matrix.patients) };
}

function french(value: number): string {
  return value.toLocaleString('fr-FR');
}
