import type { Kysely } from 'kysely';
import type { Version, VersionComparison, VersionSummary } from '../contracts/cpts-versions.ts';
import { changeBetween } from '../core/territory/change.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import { territoryRepository } from '../db/repositories/territories.ts';
import type { Schema } from '../db/schema.ts';
import { completeVersions } from './complete-versions.ts';
import { unknownCpts } from './known-cpts.ts';
import { unknownVersion } from './known-version.ts';

/** The versions of a CPTS, the latest first. @throws DomainError `unknown_cpts` */
export async function listVersions(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ items: VersionSummary[]; total: number }> {
  await completeVersions(db, vintage, [id]);
  const found = await cptsVersionRepository(db).list(id, limit, offset);
  if (found.total === 0) throw unknownCpts(id);
  return found;
}

/** One version with its units. @throws DomainError `unknown_cpts`, `unknown_version` */
export async function readVersion(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  number: number,
): Promise<Version> {
  await completeVersions(db, vintage, [id]);
  const version = await cptsVersionRepository(db).byNumber(id, number);
  if (version) return version;
  throw unknownVersion(id, await cptsRepository(db).byId(id), number);
}

/**
 * What leads from one version to another, which may be the older one.
 *
 * @throws DomainError `unknown_cpts`, `unknown_version`
 */
export async function compareVersions(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  number: number,
  other: number,
): Promise<VersionComparison> {
  const { units: from, ...before } = await readVersion(db, vintage, id, number);
  const { units: to, ...after } = await readVersion(db, vintage, id, other);
  const { added, removed } = changeBetween(from, to);
  const territories = territoryRepository(db);
  return {
    before,
    after,
    added: await territories.named(added),
    removed: await territories.named(removed),
  };
}
