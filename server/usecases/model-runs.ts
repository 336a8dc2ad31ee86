import type { Kysely } from 'kysely';
import type { CalibrationWanted, FlowModelWanted } from '../contracts/flow-models.ts';
import type { FlowRunSummary } from '../contracts/flow-runs.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { knownDataset } from './analyse-poles.ts';
import { calibrateFlows } from './calibrate-flows.ts';
import type { FlowRuns } from './flow-runs.ts';
import { modelFlows, refuseTooMany, refuseUnknown } from './model-flows.ts';
import { readUnitSupply } from './unit-supply.ts';

interface ModelledVintage {
  id: string;
  region_name: string;
  supply_source: string | null;
}

/**
 * Queues a model of flows, as the crow flies.
 *
 * @throws DomainError `no_specialty`, `unknown_specialty`, `too_many_flows`, `unknown_dataset`,
 * `too_many_runs`
 */
export async function startModel(
  db: Kysely<Schema>,
  runs: FlowRuns,
  vintage: ModelledVintage,
  { name, calibratedOn: dataset, ...parameters }: FlowModelWanted,
): Promise<FlowRunSummary> {
  const known = await readUnitSupply(db, vintage.id);
  const { specialties } = known;
  if (specialties.length === 0) throw noSupply(vintage);
  refuseUnknown(specialties, parameters);
  refuseTooMany(known, parameters);
  const calibratedOn = dataset === undefined ? null : await knownDataset(db, vintage.id, dataset);
  return runs.start(vintage.id, 'model', name ?? 'Flux modélisés', async (turn) => {
    turn.onStep('Modèle, puis pôles');
    const { onProgress, signal } = turn;
    const options = { name: name ?? null, calibratedOn, onProgress, signal };
    const made = await modelFlows(db, vintage, parameters, options);
    if (made === null) throw noSupply(vintage);
    return { dataset: made };
  });
}

/**
 * Queues a calibration; its `CalibrationReport` is the report of the run.
 *
 * @throws DomainError `unknown_dataset`, `too_many_runs`
 */
export async function startCalibration(
  db: Kysely<Schema>,
  runs: FlowRuns,
  vintage: ModelledVintage,
  wanted: CalibrationWanted,
): Promise<FlowRunSummary> {
  const { name } = await knownDataset(db, vintage.id, wanted.dataset);
  return runs.start(vintage.id, 'calibration', `Calage sur « ${name} »`, async (turn) => {
    turn.onStep('Calage du modèle');
    const { onProgress, signal } = turn;
    return { report: await calibrateFlows(db, vintage, wanted, { onProgress, signal }) };
  });
}

/** What to say where flows cannot be modelled. */
export function noSupply({ region_name }: Pick<ModelledVintage, 'region_name'>): DomainError {
  return new DomainError(
    'no_specialty',
    `Aucun médecin spécialiste n’est connu dans ${region_name} : importez une offre de soins (npm run import:supply), puis recommencez.`,
  );
}
