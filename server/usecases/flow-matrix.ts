import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import { flowMatrixRepository } from '../db/repositories/flow-matrix.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { checkSpecialty, knownDataset, knownRun } from './analyse-poles.ts';

interface MatrixWanted {
  dataset: number;
  specialty: string;
  /** analysis whose weights count in `all` */
  run: number | undefined;
}

/** A matrix of flows, and what tells the dataset it is of from any other. */
interface PackedMatrix {
  gzipped: Uint8Array;
  createdAt: string;
}

/**
 * The flows of a dataset for a browser to hold, gzipped off the event loop.
 *
 * @throws DomainError `unknown_dataset`, `unknown_specialty`, `unknown_pole_run`; `invalid_request`
 * for an analysis of another dataset
 */
export async function packedMatrix(
  db: Kysely<Schema>,
  vintage: string,
  { dataset, specialty, run }: MatrixWanted,
): Promise<PackedMatrix> {
  await checkSpecialty(db, vintage, dataset, specialty);
  const { createdAt } = await knownDataset(db, vintage, dataset);
  const weights = run === undefined ? {} : await weightsOf(db, vintage, dataset, run);
  const bytes = await flowMatrixRepository(db).bytes({ dataset, vintage, specialty, weights });
  return { gzipped: await promisify(gzip)(bytes), createdAt };
}

async function weightsOf(db: Kysely<Schema>, vintage: string, dataset: number, id: number) {
  const run = await knownRun(db, vintage, id);
  if (run.dataset === dataset) return run.parameters.weights;
  throw new DomainError(
    'invalid_request',
    `L’analyse ${id} porte sur le jeu de flux ${run.dataset}, et non ${dataset} : demandez la matrice de ce jeu-là.`,
  );
}
