import type { Kysely } from 'kysely';
import type { Cpts, CptsStatus } from '../contracts/cpts.ts';
import type { StaleVersion, TerritoryChange } from '../contracts/cpts-versions.ts';
import { applyChange, changeBetween } from '../core/territory/change.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { cptsVersionRepository } from '../db/repositories/cpts-versions.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { completeVersions } from './complete-versions.ts';
import { refuseUnknownUnits } from './create-cpts.ts';
import { knownVersion } from './known-version.ts';
import { unknownCpts } from './recognise-cpts.ts';

/**
 * Saves the territory of a CPTS as its next version. Of two people who start from one version, the
 * second is told what the first changed, and writes nothing.
 *
 * @throws DomainError `unknown_cpts`, `unknown_version`, `unknown_units`, `empty_territory`,
 *   `cpts_closed`, `cpts_recognised`, `stale_version` (its details are a `StaleVersion`)
 */
export async function changeTerritory(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  { basedOn, added, removed, label = '', note = '' }: TerritoryChange,
  actor: string,
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

/** Writes the next version of a CPTS in one short transaction. */
export async function saveVersion(
  db: Kysely<Schema>,
  vintage: string,
  id: number,
  { basedOn, unitsAfter, label, note, restores }: NewTerritory,
  actor: string,
): Promise<Cpts> {
  await db.transaction().execute(async (tx) => {
    const cpts = cptsRepository(tx);
    const held = await cpts.hold(id);
    if (!held) throw unknownCpts(id);
    refuseStatus(held.status);
    const versions = cptsVersionRepository(tx);
    const [present] = await cpts.unitsOf([id]);
    const before = present?.units ?? [];
    if (held.version !== basedOn) {
      const base = await knownVersion(tx, id, basedOn);
      const latest = await knownVersion(tx, id, held.version);
      throw staleVersion(basedOn, {
        version: held.version,
        author: latest.author,
        at: latest.at.toISOString(),
        ...changeBetween(base.units, before),
      });
    }
    const next = held.version + 1;
    const units = unitsAfter(before);
    if (units.length === 0) throw emptyTerritory();
    const words = { label: label.trim(), note: note.trim() };
    const change = changeBetween(before, units);
    await cpts.moveTo(id, next, change);
    await versions.insert({ cpts: id, number: next, author: actor, ...words, units, restores });
    await eventRepository(tx).record({
      actor,
      verb: restores === null ? 'change_territory' : 'restore_version',
      subject: `cpts/${id}`,
      before: { version: held.version },
      after: { version: next, ...change, ...words, ...(restores !== null && { restores }) },
    });
  });
  await completeVersions(db, vintage, [id]);
  const saved = await cptsRepository(db).byId(id);
  if (!saved) throw unknownCpts(id);
  return saved;
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

function refuseStatus(status: CptsStatus): void {
  if (status === 'closed') {
    throw new DomainError(
      'cpts_closed',
      'Cette CPTS est close : son territoire ne change plus. Enregistrez celui-ci comme une nouvelle CPTS.',
    );
  }
  if (status !== 'idea' && status !== 'letter_of_intent') {
    throw new DomainError(
      'cpts_recognised',
      'Cette CPTS est reconnue : son territoire ne se change pas ainsi. Enregistrez celui-ci comme une nouvelle CPTS.',
    );
  }
}

function emptyTerritory(): DomainError {
  return new DomainError(
    'empty_territory',
    'Il ne resterait aucune commune : gardez-en au moins une, ou closez la CPTS.',
  );
}

function staleVersion(basedOn: number, details: StaleVersion): DomainError {
  const { version, added, removed } = details;
  const moved = [said(added.length, 'ajoutée'), said(removed.length, 'retirée')].filter(Boolean);
  return new DomainError(
    'stale_version',
    `Quelqu’un a enregistré la version ${version} de cette CPTS depuis votre version ${basedOn} (${moved.join(', ') || 'les mêmes communes'}) : reprenez la sienne, repassez la vôtre par-dessus, ou enregistrez la vôtre comme une nouvelle CPTS.`,
    details,
  );
}

/** 2, ajoutée → « 2 communes ajoutées »; nothing for 0. */
function said(count: number, how: string): string {
  return count === 0 ? '' : `${count} commune${count > 1 ? 's' : ''} ${how}${count > 1 ? 's' : ''}`;
}
