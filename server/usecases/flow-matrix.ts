import type { Kysely } from 'kysely';
import { flowMatrixRepository } from '../db/repositories/flow-matrix.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { checkSpecialty, knownDataset, knownRun } from './analyse-poles.ts';
import type { KeptAnswers } from './kept-answers.ts';

interface MatrixWanted {
  dataset: number;
  specialty: string;
  /** analysis whose weights count in `all` */
  run: number | undefined;
}

/** A matrix of flows, and what tells the dataset it is of from any other. */
interface PackedMatrix {
  gzipped: Buffer;
  createdAt: string;
}

/**
 * The flows of a dataset for a browser to hold; those of a dataset never change.
 *
 * @throws DomainError `unknown_dataset`, `unknown_specialty`, `unknown_pole_run`; `invalid_request`
 * for an analysis of another dataset
 */
export async function packedMatrix(
  db: Kysely<Schema>,
  vintage: string,
  answers: KeptAnswers,
  { dataset, specialty, run }: MatrixWanted,
): Promise<PackedMatrix> {
  await checkSpecialty(db, vintage, dataset, specialty);
  const { createdAt } = await knownDataset(db, vintage, dataset);
  const weights = run === undefined ? {} : await weightsOf(db, vintage, dataset, run);
  const key = `matrix ${dataset} ${createdAt} ${specialty} ${JSON.stringify(weights)}`;
  const gzipped = await answers.gzipped(key, () =>
    flowMatrixRepository(db).bytes({ dataset, vintage, specialty, weights }),
  );
  return { gzipped, createdAt };
}

async function weightsOf(db: Kysely<Schema>, vintage: string, dataset: number, id: number) {
  const run = await knownRun(db, vintage, id);
  if (run.dataset === dataset) return run.parameters.weights;
  throw new DomainError(
    'invalid_request',
    `L’analyse ${id} porte sur le jeu de flux ${run.dataset}, et non ${dataset} : demandez la matrice de ce jeu-là.`,
  );
}
