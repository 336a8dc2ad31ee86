import type { Kysely } from 'kysely';
import type { CalibrationReport, CalibrationWanted } from '../contracts/flow-models.ts';
import { defaultGravity } from '../core/flows/gravity-parameters.ts';
import { flowRepository } from '../db/repositories/flows.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import type { OnProgress } from '../imports/rows.ts';
import type { TravelTimes } from '../imports/travel-times.ts';
import type { CalibrationResult, CalibrationTask } from '../workers/calibration.ts';
import { runTask } from '../workers/task.ts';
import { knownDataset } from './analyse-poles.ts';
import { distancesOf, readUnitSupply } from './unit-supply.ts';

export interface CalibrationOptions {
  /** minutes between the units, instead of distances as the crow flies */
  travel?: TravelTimes | null;
  onProgress?: OnProgress;
  signal?: AbortSignal | undefined;
}

/**
 * Fits the parameters of the model on the flows of a dataset, specialty by specialty and together,
 * by maximum likelihood (see `calibrate`). Only flows with both ends in the loaded territory count.
 *
 * @throws DomainError `unknown_dataset`; `no_specialty` when the dataset and the supply share none
 */
export async function calibrateFlows(
  db: Kysely<Schema>,
  vintage: { id: string },
  { dataset: id, masked }: CalibrationWanted,
  { travel = null, onProgress, signal }: CalibrationOptions = {},
): Promise<CalibrationReport> {
  const dataset = await knownDataset(db, vintage.id, id);
  const { units, index, specialties } = await readUnitSupply(db, vintage.id);
  const shared = specialties.filter(({ key }) => dataset.specialties.some((s) => s.key === key));
  if (shared.length === 0) {
    throw new DomainError(
      'no_specialty',
      `Le jeu de flux n° ${id} et l’offre chargée n’ont aucune spécialité en commun : importez l’offre de ${dataset.specialties.map(({ label }) => label).join(', ')}, ou choisissez un autre jeu de flux.`,
      {
        dataset: dataset.specialties.map(({ key }) => key),
        supply: specialties.map(({ key }) => key),
      },
    );
  }

  let outside = 0;
  const observed: CalibrationTask['specialties'] = [];
  for (const { key, supply } of shared) {
    const { origin, destination, patients } = await flowRepository(db).totals(id, key, masked);
    signal?.throwIfAborted();
    const inside: number[] = [];
    patients.forEach((count, f) => {
      if (index.has(origin[f] ?? '') && index.has(destination[f] ?? '')) inside.push(f);
      else outside += count;
    });
    observed.push({
      supply,
      origins: Int32Array.from(inside, (f) => index.get(origin[f] ?? '') ?? -1),
      destinations: Int32Array.from(inside, (f) => index.get(destination[f] ?? '') ?? -1),
      patients: Float64Array.from(inside, (f) => patients[f] ?? 0),
    });
  }

  const { pooled, specialties: fitted } = await runTask<CalibrationTask, CalibrationResult>(
    new URL('../workers/calibration.ts', import.meta.url),
    {
      distances: distancesOf(units, travel?.table),
      specialties: observed,
      initial: { alpha: defaultGravity.alpha, beta: defaultGravity.beta },
    },
    { ...(onProgress ? { onProgress } : {}), ...(signal ? { signal } : {}) },
  );
  return {
    dataset: { id, name: dataset.name },
    masked,
    travelTimes: travel?.file ?? null,
    pooled,
    specialties: shared.map(({ key, label, supply }, s) => ({
      key,
      label,
      practitioners: supply.reduce((sum, count) => sum + count, 0),
      values: fitted[s] ?? null,
    })),
    left: {
      outside,
      otherSpecialties: dataset.specialties
        .filter(({ key }) => !shared.some((known) => known.key === key))
        .reduce((sum, { patients }) => sum + patients, 0),
    },
  };
}
