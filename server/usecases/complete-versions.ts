import type { Kysely } from 'kysely';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import type { Schema } from '../db/schema.ts';

/**
 * Writes what a version is kept with besides its units. Outside the transaction that saved it: to
 * dissolve a hundred outlines takes long, and nobody waits for them.
 */
export async function completeVersion(
  db: Kysely<Schema>,
  cpts: number,
  number: number,
): Promise<void> {
  await cptsVersionRepository(db).dissolve(cpts, number);
}
