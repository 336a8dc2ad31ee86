import type { Kysely } from 'kysely';
import type { Cpts } from '../contracts/cpts.ts';
import type { TerritoryChange } from '../contracts/cpts-versions.ts';
import { type Actor, roleLabels } from '../core/accounts/actor.ts';
import { mayEdit } from '../core/accounts/scope.ts';
import { parisDay } from '../core/life/days.ts';
import { applyChange, changeBetween } from '../core/territory/change.ts';
import { cptsLifeRepository } from '../db/repositories/cpts-life.ts';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { completeSaved } from './complete-versions.ts';
import { refuseUnknownUnits } from './create-cpts.ts';
import { heldLeaves } from './held-leaves.ts';
import { knownCpts, unknownCpts } from './known-cpts.ts';
import { knownVersion } from './known-version.ts';
import { emptyTerritory, proposeVersions, refuseClosed } from './life/propose-versions.ts';
import { staleVersion } from './life/stale-version.ts';

/**
 * Saves the territory of a CPTS as its next version; of a recognised one, proposes it. Of two people who start from one version, the
 * second is told what the first changed, and writes nothing.
 *
 * @throws DomainError `unknown_cpts`, `unknown_version`, `unknown_units`, `empty_territory`,
 *   `cpts_closed`, `forbidden`, `stale_version` (its details are a `StaleVersion`); for a recognised
 *   CPTS those of `proposeVersions`
 */
export async function changeTerritory(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  { basedOn, added, removed, label = '', note = '' }: TerritoryChange,
  actor: Actor,
): Promise<Cpts> {
  await knownVersion(db, id, basedOn);
  refuseBoth(added, removed);
  await refuseUnknownUnits(db, vintage, added);
  // A page opened before a commune was divided names the commune: it means all its parts.
  const units = unitRepository(db);
  const change = {
    added: await units.leavesOf(vintage, added),
    removed: [...removed, ...(await units.leavesOf(vintage, removed))],
  };
  refuseBoth(change.added, change.removed);
  const unitsAfter = (before: string[]) => applyChange(before, change);
  return saveVersion(db, vintage, id, { basedOn, unitsAfter, label, note, restores: null }, actor);
}

interface NewTerritory {
  basedOn: number;
  /** what the units of `basedOn` become */
  unitsAfter(before: string[]): string[];
  label: string;
  note: string;
  /** number of the version that it brings back, null where it is new */
  restores: number | null;
}

/**
 * Writes the next version of a CPTS in one short transaction: in force at once, or, of a recognised
 * one, proposed to whom decides on it.
 */
export async function saveVersion(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  { basedOn, unitsAfter, label, note, restores }: NewTerritory,
  actor: Actor,
): Promise<Cpts> {
  await db.transaction().execute(async (tx) => {
    const [held] = await cptsLifeRepository(tx).hold([id]);
    if (!held) throw unknownCpts(id);
    if (!mayEdit(actor, held)) throw notYours(held.name, actor);
    refuseClosed(held);
    if (held.version !== basedOn) {
      const base = await knownVersion(tx, id, basedOn);
      const latest = await knownVersion(tx, id, held.version);
      throw staleVersion(basedOn, {
        version: held.version,
        author: latest.author,
        at: latest.at.toISOString(),
        ...changeBetween(base.units, held.units),
      });
    }
    const units = unitsAfter(held.units);
    if (units.length === 0) throw emptyTerritory();
    const change = changeBetween(held.units, units);
    const words = { label: label.trim(), note: note.trim() };
    if (held.recognised) {
      await proposeVersions(tx, [{ cpts: id, ...change }], { ...words, restores, actor });
      return;
    }
    const versions = cptsVersionRepository(tx);
    const next = await versions.nextNumber(id);
    await heldLeaves(cptsLifeRepository(tx).move(held, next, change));
    await versions.insert(
      { cpts: id, number: next, author: actor.name, ...words, units, restores },
      parisDay(new Date()),
    );
    await eventRepository(tx).record({
      actor: actor.name,
      verb: restores === null ? 'change_territory' : 'restore_version',
      subject: `cpts/${id}`,
      before: { version: held.version },
      after: { version: next, ...change, ...words, ...(restores !== null && { restores }) },
    });
  });
  await completeSaved(db, vintage, [id]);
  return knownCpts(db, id);
}

function notYours(name: string, { role }: Actor): DomainError {
  return new DomainError(
    'forbidden',
    `«\u00a0${name}\u00a0» n’est pas de vos CPTS (rôle\u00a0: ${roleLabels[role]}) : enregistrez ce territoire comme une nouvelle CPTS, ou demandez à l’administrateur de Maillage de vous la confier.`,
  );
}

function refuseBoth(added: readonly string[], removed: readonly string[]): void {
  const gone = new Set(removed);
  const both = added.find((code) => gone.has(code));
  if (both === undefined) return;
  throw new DomainError(
    'invalid_request',
    `La commune ${both} est à la fois ajoutée et retirée : gardez l’un des deux.`,
  );
}
