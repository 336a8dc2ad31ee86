import type { Kysely } from 'kysely';
import type { FlowDataset } from '../contracts/flow-datasets.ts';
import type { PoleComparison, PoleParameters, PoleRun } from '../contracts/poles.ts';
import type { Database } from '../db/database.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { type PolesShown, poleRepository } from '../db/repositories/poles.ts';
import type { Schema } from '../db/schema.ts';
import { stoppableTransaction } from '../db/stoppable.ts';
import { DomainError } from '../errors.ts';
import type { KeptAnswers } from './kept-answers.ts';

/**
 * The stored run of these parameters, found now unless it was before. Aborted, it throws and leaves
 * nothing.
 *
 * @throws DomainError `unknown_dataset`; `unknown_specialty` for a weight; `no_weight` when every
 * specialty is left out; `analysis_cancelled`
 */
export async function analysePoles(
  database: Database,
  vintage: string,
  id: number,
  parameters: PoleParameters,
  { actor, signal }: { actor: string; signal: AbortSignal },
): Promise<PoleRun> {
  const db = database.kysely;
  const dataset = await knownDataset(db, vintage, id);
  for (const key of Object.keys(parameters.weights)) refuseUnknown(dataset.specialties, key);
  if (dataset.specialties.length > 0 && dataset.specialties.every(isLeftOut)) {
    throw new DomainError(
      'no_weight',
      'Toutes les spécialités ont un poids nul : donnez à l’une d’elles au moins un poids positif.',
    );
  }
  const run = await stoppableTransaction(database, signal, (tx) =>
    poleRepository(tx).analyse(id, parameters, (within, made) =>
      eventRepository(within).record({
        actor,
        verb: 'analyse_poles',
        subject: `flow-dataset/${id}`,
        after: { run: made, parameters },
      }),
    ),
  ).catch((error) => {
    throw signal.aborted ? cancelled() : error;
  });
  return knownRun(db, vintage, run);

  function isLeftOut({ key }: { key: string }): boolean {
    return parameters.weights[key] === 0;
  }
}

function cancelled(): DomainError {
  return new DomainError(
    'analysis_cancelled',
    'L’analyse des pôles a été arrêtée, rien n’en est gardé : relancez-la si elle vous manque.',
  );
}

/** @throws DomainError `unknown_pole_run`, `unknown_specialty`, `runs_not_comparable` */
export async function comparePoles(
  db: Kysely<Schema>,
  vintage: string,
  one: PolesShown,
  other: PolesShown,
): Promise<PoleComparison> {
  for (const { run, specialty } of [one, other]) {
    const { dataset } = await knownRun(db, vintage, run);
    await checkSpecialty(db, vintage, dataset, specialty);
  }
  if (!(await poleRepository(db).shareUnits(one.run, other.run))) {
    throw new DomainError(
      'runs_not_comparable',
      `Les analyses ${one.run} et ${other.run} portent sur deux régions ou deux millésimes de communes : comparez deux analyses de la même région.`,
    );
  }
  return poleRepository(db).compare(one, other);
}

/** What the map shows of a run, gzipped JSON of `Poles`: a run that was found never changes. */
export function shownPoles(
  db: Kysely<Schema>,
  answers: KeptAnswers,
  run: PoleRun,
  specialty: string,
): Promise<Buffer> {
  const key = `poles ${run.id} ${run.createdAt} ${specialty}`;
  return answers.gzipped(key, () => poleRepository(db).ofRun(run, specialty));
}

/** @throws DomainError `unknown_pole_run` */
export async function knownRun(db: Kysely<Schema>, vintage: string, id: number): Promise<PoleRun> {
  const run = await poleRepository(db).run(id);
  if (run && (await flowDatasetRepository(db).byId(vintage, run.dataset))) return run;
  throw new DomainError(
    'unknown_pole_run',
    `L’analyse des pôles ${id} n’existe pas : demandez-en une à l’adresse /api/flow-datasets/…/pole-runs.`,
  );
}

/** @throws DomainError `unknown_dataset`, `unknown_specialty` */
export async function checkSpecialty(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  specialty: string,
): Promise<void> {
  const { specialties } = await knownDataset(db, vintage, id);
  if (specialty !== 'all') refuseUnknown(specialties, specialty);
}

/** @throws DomainError `unknown_dataset` */
export async function knownDataset(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
): Promise<FlowDataset> {
  const dataset = await flowDatasetRepository(db).byId(vintage, id);
  if (dataset) return dataset;
  throw new DomainError(
    'unknown_dataset',
    `Le jeu de flux ${id} n’existe pas : la liste est à l’adresse /api/flow-datasets.`,
  );
}

function refuseUnknown(specialties: FlowDataset['specialties'], specialty: string): void {
  const keys = specialties.map(({ key }) => key);
  if (keys.includes(specialty)) return;
  throw new DomainError(
    'unknown_specialty',
    `La spécialité « ${specialty} » n’est pas dans ce jeu de flux : choisissez « all » ou l’une de ${keys.join(', ')}.`,
    { specialties: keys },
  );
}
