import type { Kysely } from 'kysely';
import type { CalibrationWanted, FlowModelWanted } from '../contracts/flow-models.ts';
import type { FlowRunSummary } from '../contracts/flow-runs.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import type { TravelTimes } from '../imports/travel-times.ts';
import { knownDataset } from './analyse-poles.ts';
import { calibrateFlows } from './calibrate-flows.ts';
import type { ExtractUploads } from './extract-uploads.ts';
import type { FlowRuns } from './flow-runs.ts';
import { modelFlows, refuseTooMany, refuseUnknown } from './model-flows.ts';
import type { RunTurn } from './run-queue.ts';
import { travelTimesOf } from './travel-uploads.ts';
import { readUnitSupply } from './unit-supply.ts';

interface ModelledVintage {
  id: string;
  region_name: string;
  supply_source: string | null;
}

/** What runs need beside the database. */
export interface ModelServices {
  flowRuns: FlowRuns;
  uploads: ExtractUploads;
  /** files of passages, for codes of another year in a table of travel times */
  passages: string[];
}

/**
 * Queues a model of flows, as the crow flies or by a table of travel times that was sent.
 *
 * @throws DomainError `no_specialty`, `unknown_specialty`, `too_many_flows`, `unknown_dataset`,
 * `unknown_upload`, `too_many_runs`
 */
export async function startModel(
  db: Kysely<Schema>,
  services: ModelServices,
  vintage: ModelledVintage,
  { name, calibratedOn: dataset, travelTimes, ...parameters }: FlowModelWanted,
  actor: string,
): Promise<FlowRunSummary> {
  const known = await readUnitSupply(db, vintage.id);
  const { specialties } = known;
  if (specialties.length === 0) throw noSupply(vintage);
  refuseUnknown(specialties, parameters);
  refuseTooMany(known, parameters);
  const calibratedOn = dataset === undefined ? null : await knownDataset(db, vintage.id, dataset);
  return startWith(
    services,
    travelTimes,
    vintage.id,
    'model',
    name ?? 'Flux modélisés',
    async (turn) => {
      const travel = await readTravel(db, services, vintage.id, travelTimes, turn);
      turn.onStep('Modèle, puis pôles');
      const { onProgress, signal } = turn;
      const options = { name: name ?? null, travel, calibratedOn, onProgress, signal, actor };
      const made = await modelFlows(db, vintage, parameters, options);
      if (made === null) throw noSupply(vintage);
      return { dataset: made };
    },
    actor,
  );
}

/**
 * Queues a calibration; its `CalibrationReport` is the report of the run.
 *
 * @throws DomainError `unknown_dataset`, `unknown_upload`, `too_many_runs`
 */
export async function startCalibration(
  db: Kysely<Schema>,
  services: ModelServices,
  vintage: ModelledVintage,
  wanted: CalibrationWanted,
  actor: string,
): Promise<FlowRunSummary> {
  const { name } = await knownDataset(db, vintage.id, wanted.dataset);
  const title = `Calage sur « ${name} »`;
  const { travelTimes } = wanted;
  const work = async (turn: RunTurn) => {
    const travel = await readTravel(db, services, vintage.id, travelTimes, turn);
    turn.onStep('Calage du modèle');
    const { onProgress, signal } = turn;
    return { report: await calibrateFlows(db, vintage, wanted, { travel, onProgress, signal }) };
  };
  return startWith(services, travelTimes, vintage.id, 'calibration', title, work, actor);
}

/** Queues a run; the table it reads is kept until then. */
async function startWith(
  { flowRuns, uploads }: ModelServices,
  travelTimes: string | undefined,
  ...run: Parameters<FlowRuns['start']>
): Promise<FlowRunSummary> {
  if (travelTimes !== undefined) uploads.find(travelTimes);
  const started = await flowRuns.start(...run);
  if (travelTimes !== undefined) uploads.keep(travelTimes, flowRuns.ended(started.id));
  return started;
}

async function readTravel(
  db: Kysely<Schema>,
  { uploads, passages }: ModelServices,
  vintage: string,
  travelTimes: string | undefined,
  { onStep, signal }: RunTurn,
): Promise<TravelTimes | null> {
  if (travelTimes === undefined) return null;
  onStep('Lecture des temps de trajet');
  const travel = await uploads.use(travelTimes, (file) =>
    travelTimesOf(db, vintage, file, passages),
  );
  signal.throwIfAborted();
  return travel;
}

/** What to say where flows cannot be modelled. */
export function noSupply({ region_name }: Pick<ModelledVintage, 'region_name'>): DomainError {
  return new DomainError(
    'no_specialty',
    `Aucun médecin spécialiste n’est connu dans ${region_name} : importez une offre de soins (npm run import:supply), puis recommencez.`,
  );
}
