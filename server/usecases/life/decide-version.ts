import type { Kysely } from 'kysely';
import type { Cpts } from '../../contracts/cpts.ts';
import type { VersionState } from '../../contracts/cpts-versions.ts';
import { type Actor, roleLabels } from '../../core/accounts/actor.ts';
import { type Consent, consentOf } from '../../core/life/consent.ts';
import { type Day, parisDay } from '../../core/life/days.ts';
import { cptsLifeRepository } from '../../db/repositories/cpts-life.ts';
import { cptsVersionRepository } from '../../db/repositories/cpts-versions.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import { knownCpts } from '../known-cpts.ts';
import { knownVersion } from '../known-version.ts';
import { dropPending } from './drop-version.ts';
import { isAuthor } from './propose-versions.ts';
import { areAgreed, type HeldVersion, putInForce } from './put-in-force.ts';
import { reasonRequired } from './take-step.ts';

/**
 * Agrees to a proposed version: as who decides on the CPTS, or as its leader. When nobody else is
 * waited for, it is put in force, with all that it was bound to, at once.
 *
 * @throws DomainError `unknown_cpts`, `unknown_version`, `version_not_pending`, `forbidden`,
 *   `stale_version`, `territory_conflict`, `divided_meanwhile`
 */
export async function acceptVersion(
  db: Kysely<Schema>,
  id: number,
  number: number,
  actor: Actor,
  today: Day = parisDay(new Date()),
): Promise<Cpts> {
  return db.transaction().execute(async (tx) => {
    const { parts, mine } = await pendingParts(tx, id, number);
    const consent = await consentTo(tx, mine, actor);
    await cptsVersionRepository(tx).consent(id, number, consent, actor.name);
    mine.version[consent === 'agreed_by' ? 'agreedBy' : 'acceptedBy'] = actor.name;
    if (areAgreed(parts)) await putInForce(tx, parts, actor.name, today);
    else {
      await eventRepository(tx).record({
        actor: actor.name,
        verb: 'agree_version',
        subject: `cpts/${id}`,
        after: { version: number, as: consent === 'agreed_by' ? 'leader' : 'decision' },
      });
    }
    return knownCpts(tx, id);
  });
}

/**
 * Refuses a proposed version, and all that it was bound to.
 *
 * @throws DomainError `unknown_cpts`, `unknown_version`, `version_not_pending`, `forbidden`,
 *   `reason_required`
 */
export async function refuseVersion(
  db: Kysely<Schema>,
  id: number,
  number: number,
  reason: string,
  actor: Actor,
): Promise<Cpts> {
  return db.transaction().execute(async (tx) => {
    const { mine } = await pendingParts(tx, id, number);
    await consentTo(tx, mine, actor);
    if (reason.trim().length < 2) throw reasonRequired('Refuser la version');
    await dropPending(tx, id, 'refused', reason.trim(), actor.name);
    return knownCpts(tx, id);
  });
}

/**
 * Takes back what one proposed, with all that it was bound to; an administrator may too.
 *
 * @throws DomainError `unknown_cpts`, `unknown_version`, `version_not_pending`, `forbidden`
 */
export async function withdrawVersion(
  db: Kysely<Schema>,
  id: number,
  number: number,
  actor: Actor,
): Promise<Cpts> {
  return db.transaction().execute(async (tx) => {
    const { mine } = await pendingParts(tx, id, number);
    if (!isAuthor(mine.version, actor) && actor.role !== 'administrator') {
      throw new DomainError(
        'forbidden',
        `Seul ${mine.version.author}, qui a proposé la version ${number}, peut la retirer : refusez-la, ou demandez-le-lui.`,
      );
    }
    await dropPending(tx, id, 'withdrawn', '', actor.name);
    return knownCpts(tx, id);
  });
}

/** A version that waits and those bound to it, with their CPTS; all decisions wait meanwhile. */
async function pendingParts(
  tx: Kysely<Schema>,
  id: number,
  number: number,
): Promise<{ parts: HeldVersion[]; mine: HeldVersion }> {
  const life = cptsLifeRepository(tx);
  await life.takeTurn();
  const versions = cptsVersionRepository(tx);
  const { state } = await knownVersion(tx, id, number);
  const bound = await versions.pending(id);
  const held = await life.hold(bound.map(({ cpts }) => cpts));
  // Read again: one that proposes does not take the turn.
  const pending = await versions.pending(id);
  const parts = pending.map((version) => ({
    version,
    cpts: held.find((cpts) => cpts.id === version.cpts)!,
  }));
  const mine = parts.find(({ version }) => version.cpts === id && version.number === number);
  if (!mine || parts.some(({ cpts }) => !cpts)) throw notPending(number, state);
  return { parts, mine };
}

const became: Record<VersionState, string> = {
  in_force: 'est en vigueur',
  replaced: 'a été remplacée',
  proposed: 'a changé entre-temps',
  refused: 'a été refusée',
  withdrawn: 'a été retirée',
};

function notPending(number: number, state: VersionState): DomainError {
  return new DomainError(
    'version_not_pending',
    `La version ${number} ${became[state]} : elle n’attend pas de décision. Rechargez la CPTS.`,
    { version: number, state },
  );
}

/** @throws DomainError `forbidden` */
async function consentTo(
  tx: Kysely<Schema>,
  { cpts, version }: HeldVersion,
  actor: Actor,
): Promise<Consent> {
  const departments = await cptsLifeRepository(tx).departmentsOf([...cpts.units, ...version.units]);
  const consent = consentOf(actor, { id: cpts.id, departments });
  if (consent) return consent;
  throw new DomainError(
    'forbidden',
    `Cette version attend l’accord de l’ARS de ses départements${cpts.recognised ? '' : ', ou du porteur de la CPTS'} : votre rôle (${roleLabels[actor.role]}) ne le permet pas ici.`,
  );
}
