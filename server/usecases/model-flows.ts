import type { Kysely } from 'kysely';
import { PROGRAM } from '../core/events/verbs.ts';
import type { FlowColumns } from '../core/flows/columns.ts';
import { type GravityParameters, valuesOf } from '../core/flows/gravity-parameters.ts';
import type { FlowMatrix } from '../core/flows/matrix.ts';
import { counted, frenchNumber } from '../core/french.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { flowRepository } from '../db/repositories/flows.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import type { UnitColumns } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import { stoppedBy } from '../db/stoppable.ts';
import { DomainError } from '../errors.ts';
import type { OnProgress } from '../imports/rows.ts';
import type { TravelTimes } from '../imports/travel-times.ts';
import type { HuffTask } from '../workers/huff.ts';
import { runTask } from '../workers/task.ts';
import { type ModelStory, modelName, modelProvenance } from './model-provenance.ts';
import { distancesOf, readUnitSupply, type UnitSupply } from './unit-supply.ts';

export interface ModelOptions {
  /** of the dataset; by default one that says the parameters */
  name?: string | null;
  /** minutes between the units, instead of distances as the crow flies */
  travel?: TravelTimes | null;
  /** the dataset that the parameters were fitted on */
  calibratedOn?: { id: number; name: string } | null;
  onProgress?: OnProgress;
  signal?: AbortSignal | undefined;
  /** signs the event; by default the program itself */
  actor?: string;
}

/**
 * Models the flows of every specialty that has supply in the vintage, as a dataset like any other,
 * and analyses its poles. Answers the dataset, or null where no specialty has supply. Aborted, it
 * throws the signal's reason and leaves nothing.
 *
 * @throws DomainError `unknown_specialty` for values of a specialty that has no supply;
 * `too_many_flows`
 */
export async function modelFlows(
  db: Kysely<Schema>,
  vintage: { id: string; supply_source: string | null },
  parameters: GravityParameters,
  {
    name,
    travel = null,
    calibratedOn = null,
    onProgress = () => {},
    signal,
    actor = PROGRAM,
  }: ModelOptions = {},
): Promise<number | null> {
  const known = await readUnitSupply(db, vintage.id);
  const { units, specialties } = known;
  refuseUnknown(specialties, parameters);
  refuseTooMany(known, parameters);
  if (specialties.length === 0) return null;

  // A third of the time is the model, the rest is writing it down.
  const steps = 3 * specialties.length;
  const matrices = await runTask<HuffTask, FlowMatrix[]>(
    new URL('../workers/huff.ts', import.meta.url),
    {
      population: units.population,
      distances: distancesOf(units, travel?.table),
      specialties: specialties.map(({ key, supply }) => ({
        supply,
        ...valuesOf(parameters, key),
      })),
      destinations: parameters.destinations,
    },
    {
      onProgress: (done, total) => onProgress((done * specialties.length) / total, steps),
      ...(signal ? { signal } : {}),
    },
  );

  const story: ModelStory = {
    parameters,
    supplySource: vintage.supply_source,
    labels: new Map(specialties.map(({ key, label }) => [key, label])),
    travel: travel && { file: travel.file, withoutWay: withoutWay(units, matrices) },
    calibratedOn,
  };
  return inTransaction(db, async (tx) => {
    const datasets = flowDatasetRepository(tx);
    const flows = flowRepository(tx);
    const described = {
      kind: 'modelled',
      name: name ?? modelName(story),
      parameters: stored(story),
    } as const;
    const provenance = modelProvenance(story);
    const dataset = await datasets.insert({ vintage: vintage.id, provenance, ...described });
    for (const [s, { key }] of specialties.entries()) {
      signal?.throwIfAborted();
      const matrix = matrices[s];
      if (matrix) await flows.insert(dataset, key, toColumns(matrix, units));
      onProgress(specialties.length + 2 * (s + 1), steps);
    }
    await flows.analyse();
    await datasets.describeSpecialties(dataset, new Map(story.labels));
    await poleRepository(stoppedBy(tx, signal)).analyse(dataset);
    await eventRepository(tx).record({
      actor,
      verb: 'model_flows',
      subject: `flow-dataset/${dataset}`,
      after: described,
    });
    signal?.throwIfAborted();
    return dataset;
  });
}

/** What is kept with the dataset; `betaKm` or `betaMinutes` tells what distances are. */
function stored({ parameters, travel, calibratedOn }: ModelStory): Record<string, unknown> {
  const { alpha, beta, destinations, specialties } = parameters;
  return {
    model: 'huff',
    distance: travel ? 'travel-time' : 'straight-line',
    alpha,
    [travel ? 'betaMinutes' : 'betaKm']: beta,
    destinations,
    specialties,
    ...(travel ? { travelTimes: travel } : {}),
    ...(calibratedOn ? { calibratedOn: calibratedOn.id } : {}),
  };
}

/** @throws DomainError `unknown_specialty` for values of a specialty that has no supply */
export function refuseUnknown(
  specialties: UnitSupply['specialties'],
  parameters: GravityParameters,
): void {
  const keys = specialties.map(({ key }) => key);
  const unknown = Object.keys(parameters.specialties).find((key) => !keys.includes(key));
  if (unknown === undefined) return;
  throw new DomainError(
    'unknown_specialty',
    `La spécialité « ${unknown} » n’a pas d’offre dans la région chargée : choisissez parmi ${keys.join(', ')}.`,
    { specialties: keys },
  );
}

/** Flows of one model: the thread holds them all, twelve bytes each, before any is written. */
const MOST_FLOWS = 50_000_000;

/** @throws DomainError `too_many_flows` for what would not fit in memory */
export function refuseTooMany(
  { units, specialties }: Pick<UnitSupply, 'specialties'> & { units: Pick<UnitColumns, 'code'> },
  { destinations }: Pick<GravityParameters, 'destinations'>,
): void {
  const origins = units.code.length;
  const flows = specialties.reduce((sum, { supply }) => {
    const supplied = supply.reduce((places, count) => places + (count > 0 ? 1 : 0), 0);
    return sum + origins * Math.min(destinations, supplied);
  }, 0);
  if (flows <= MOST_FLOWS) return;
  const fitting = Math.max(1, Math.floor(MOST_FLOWS / (origins * specialties.length)));
  throw new DomainError(
    'too_many_flows',
    `Garder ${counted(destinations, 'destination')} par commune et spécialité ferait ${frenchNumber(flows)} flux, ${frenchNumber(MOST_FLOWS)} au plus tiennent en mémoire : gardez-en ${frenchNumber(fitting)} au plus.`,
    { flows, destinations: fitting },
  );
}

/** Inhabited communes that some specialty has no flow for. */
function withoutWay({ population }: UnitColumns, matrices: FlowMatrix[]): number {
  let count = 0;
  for (let i = 0; i < population.length; i++) {
    const empty = matrices.some(({ offsets }) => offsets[i] === offsets[i + 1]);
    if ((population[i] ?? 0) > 0 && empty) count++;
  }
  return count;
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
