import type { Kysely } from 'kysely';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { unknownCpts } from './recognise-cpts.ts';

/** @throws DomainError `unknown_cpts`, `unknown_version` */
export async function knownVersion(db: Kysely<Schema>, id: number, number: number) {
  const version = await cptsVersionRepository(db).byNumber(id, number);
  if (version) return version;
  const cpts = await cptsRepository(db).byId(id);
  if (!cpts) throw unknownCpts(id);
  throw new DomainError(
    'unknown_version',
    `La CPTS « ${cpts.name} » n’a pas de version ${number} : choisissez-en une de 1 à ${cpts.version}.`,
  );
}
