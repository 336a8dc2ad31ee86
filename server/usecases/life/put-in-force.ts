import type { Kysely } from 'kysely';
import type { StaleVersion } from '../../contracts/cpts-versions.ts';
import { isAgreed } from '../../core/life/consent.ts';
import type { Day } from '../../core/life/days.ts';
import { changeBetween } from '../../core/territory/change.ts';
import { cptsLifeRepository, type HeldCpts } from '../../db/repositories/cpts-life.ts';
import { cptsVersionRepository, type PendingVersion } from '../../db/repositories/cpts-versions.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import type { Schema } from '../../db/schema.ts';
import { heldLeaves } from '../held-leaves.ts';
import { knownVersion } from '../known-version.ts';
import { staleVersion } from './stale-version.ts';
import { refuseConflicts, underTheIndex } from './territory-conflict.ts';

/** A proposed version and the CPTS that it is of, held. */
export interface HeldVersion {
  cpts: HeldCpts;
  version: PendingVersion;
}

/** Whether every version of an agreement was agreed to by whom it takes. */
export function areAgreed(parts: readonly HeldVersion[]): boolean {
  return parts.every(({ cpts: { recognised }, version }) => isAgreed({ ...version, recognised }));
}

/**
 * Puts the versions of an agreement in force, all or none: every CPTS first lets go, then takes, so
 * that one may hand a commune to another. Where a recognised one is among them, belongs in the turn
 * to decide.
 *
 * @throws DomainError `stale_version`, `territory_conflict`, `divided_meanwhile`
 */
export async function putInForce(
  tx: Kysely<Schema>,
  parts: readonly HeldVersion[],
  actor: string,
  today: Day,
): Promise<void> {
  const life = cptsLifeRepository(tx);
  const versions = cptsVersionRepository(tx);
  for (const part of parts) await refuseStale(tx, part);
  const changes = parts.map(({ cpts, version }) => changeBetween(cpts.units, version.units));
  for (const [k, { cpts }] of parts.entries()) await life.release(cpts.id, changes[k]!.removed);
  for (const [k, { cpts, version }] of parts.entries()) {
    const { added } = changes[k]!;
    if (cpts.recognised) refuseConflicts(await life.conflicts(cpts.id, added));
    await underTheIndex(heldLeaves(life.take(cpts, added)));
    await life.setVersion(cpts.id, version.number);
    await versions.putInForce(cpts.id, version.number, today);
  }
  await eventRepository(tx).recordAll(
    parts.map(({ cpts, version: { number, agreement } }, k) => ({
      actor,
      verb: 'accept_version',
      subject: `cpts/${cpts.id}`,
      before: { version: cpts.version },
      after: { version: number, ...changes[k], ...(agreement !== null && { agreement }) },
    })),
  );
}

async function refuseStale(tx: Kysely<Schema>, { cpts, version }: HeldVersion): Promise<void> {
  if (cpts.version === version.basedOn) return;
  const base = await knownVersion(tx, cpts.id, version.basedOn);
  const latest = await knownVersion(tx, cpts.id, cpts.version);
  const details: StaleVersion = {
    version: cpts.version,
    author: latest.author,
    at: latest.at.toISOString(),
    ...changeBetween(base.units, cpts.units),
  };
  throw staleVersion(version.basedOn, details);
}
