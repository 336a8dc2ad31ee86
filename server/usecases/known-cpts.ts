import type { Kysely } from 'kysely';
import type { Cpts } from '../contracts/cpts.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';

/** @throws DomainError `unknown_cpts` */
export async function knownCpts(db: Kysely<Schema>, id: number): Promise<Cpts> {
  const cpts = await cptsRepository(db).byId(id);
  if (cpts) return cpts;
  throw unknownCpts(id);
}

export function unknownCpts(id: number): DomainError {
  return new DomainError(
    'unknown_cpts',
    `La CPTS ${id} n’existe pas : choisissez-en une dans la liste.`,
  );
}
