import type { Kysely } from 'kysely';
import type { Cpts } from '../contracts/cpts.ts';
import type { RestoreVersion } from '../contracts/cpts-versions.ts';
import type { Actor } from '../core/accounts/actor.ts';
import { changeBetween } from '../core/territory/change.ts';
import type { Schema } from '../db/schema.ts';
import { saveVersion } from './change-territory.ts';
import { refuseUnknownUnits } from './create-cpts.ts';
import { knownVersion } from './known-version.ts';

/**
 * Brings an earlier territory back as a new version (proposed, of a recognised CPTS): nothing of what came between is lost.
 *
 * @throws DomainError `unknown_cpts`, `unknown_version`, `cpts_closed`, `forbidden`,
 *   `stale_version`, `version_pending`; `unknown_units` where it held communes that are no longer loaded
 */
export async function restoreVersion(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  number: number,
  { basedOn, note = '' }: RestoreVersion,
  actor: Actor,
): Promise<Cpts> {
  const { units } = await knownVersion(db, id, number);
  const present = await knownVersion(db, id, basedOn);
  await refuseUnknownUnits(db, vintage, changeBetween(present.units, units).added);
  const saved = { basedOn, unitsAfter: () => units, label: '', note, restores: number };
  return saveVersion(db, vintage, id, saved, actor);
}
