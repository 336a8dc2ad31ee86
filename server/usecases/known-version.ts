import type { Kysely } from 'kysely';
import type { Cpts } from '../contracts/cpts.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { unknownCpts } from './known-cpts.ts';

/** Units, author and time of a version. @throws DomainError `unknown_cpts`, `unknown_version` */
export async function knownVersion(db: Kysely<Schema>, id: number, number: number) {
  const version = await cptsVersionRepository(db).base(id, number);
  if (version) return version;
  throw unknownVersion(id, await cptsRepository(db).byId(id), number);
}

/** Why there is no such version: no such CPTS, or not that number. */
export function unknownVersion(id: number, cpts: Cpts | undefined, number: number): DomainError {
  if (!cpts) return unknownCpts(id);
  return new DomainError(
    'unknown_version',
    `La CPTS « ${cpts.name} » n’a pas de version ${number} : choisissez-en une dans la liste de ses versions.`,
  );
}
