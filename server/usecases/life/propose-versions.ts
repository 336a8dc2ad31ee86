import type { Kysely } from 'kysely';
import type { Actor } from '../../core/accounts/actor.ts';
import { type Day, parisDay } from '../../core/life/days.ts';
import { applyChange, changeBetween, type UnitChange } from '../../core/territory/change.ts';
import { cptsLifeRepository, type HeldCpts } from '../../db/repositories/cpts-life.ts';
import { cptsVersionRepository, type PendingVersion } from '../../db/repositories/cpts-versions.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import { unknownCpts } from '../known-cpts.ts';
import { dropPending } from './drop-version.ts';
import { areAgreed, type HeldVersion, putInForce } from './put-in-force.ts';

/** What is proposed for one CPTS. */
export interface ProposedChange extends UnitChange {
  cpts: number;
}

interface Said {
  label?: string;
  note?: string;
  /** number of the version that it brings back */
  restores?: number | null;
  actor: Actor;
  today?: Day;
}

/**
 * Proposes versions of one CPTS or of several, which are then bound in one agreement: they are put in
 * force at once, when each was accepted (a recognised CPTS's by who decides on it, another's by its
 * leader or by who decides). Who proposes has agreed for the CPTS they lead. Belongs in a transaction;
 * figures are written by `completeVersions` after it.
 *
 * @returns the number of the version proposed for each CPTS, in the order of their numbers
 * @throws DomainError `unknown_cpts`, `cpts_closed`, `empty_territory`; `version_pending` where one
 *   waits already, unless its author proposes another in its place
 */
export async function proposeVersions(
  tx: Kysely<Schema>,
  changes: readonly ProposedChange[],
  { label = '', note = '', restores = null, actor, today = parisDay(new Date()) }: Said,
): Promise<{ cpts: number; number: number }[]> {
  const wanted = new Map(changes.map((change) => [change.cpts, change]));
  if (wanted.size < changes.length) throw new RangeError('a CPTS is named twice');
  const held = await cptsLifeRepository(tx).hold([...wanted.keys()]);
  const missing = [...wanted.keys()].find((id) => !held.some((cpts) => cpts.id === id));
  if (missing !== undefined) throw unknownCpts(missing);
  const versions = cptsVersionRepository(tx);
  for (const cpts of held) {
    refuseClosed(cpts);
    await replaceOwn(tx, cpts, actor);
  }
  const words = { label: label.trim(), note: note.trim() };
  const agreement = held.length > 1 ? await versions.insertAgreement(actor.name, words.note) : null;
  const parts: HeldVersion[] = [];
  for (const cpts of held) {
    const version = {
      cpts: cpts.id,
      number: await versions.nextNumber(cpts.id),
      author: actor.name,
      units: unitsAfter(cpts, wanted.get(cpts.id)!),
      ...words,
      restores,
    };
    const proposal = {
      basedOn: cpts.version,
      authorAccount: actor.account,
      agreement,
      agreedBy: actor.role === 'leader' && actor.cpts.includes(cpts.id) ? actor.name : null,
    };
    await versions.propose(version, proposal);
    parts.push({ cpts, version: { ...version, ...proposal, acceptedBy: null } });
  }
  await eventRepository(tx).recordAll(
    parts.map(({ cpts, version }) => ({
      actor: actor.name,
      verb: 'propose_version',
      subject: `cpts/${cpts.id}`,
      before: { version: cpts.version },
      after: {
        version: version.number,
        ...changeBetween(cpts.units, version.units),
        ...words,
        ...(restores !== null && { restores }),
        ...(agreement !== null && { agreement }),
      },
    })),
  );
  // Only leaders agreed so far: none of these is recognised, and no other decision is in the way.
  if (areAgreed(parts)) await putInForce(tx, parts, actor.name, today);
  return parts.map(({ cpts, version }) => ({ cpts: cpts.id, number: version.number }));
}

export function refuseClosed({ status }: HeldCpts): void {
  if (status !== 'closed') return;
  throw new DomainError(
    'cpts_closed',
    'Cette CPTS est close : son territoire ne change plus. Enregistrez celui-ci comme une nouvelle CPTS.',
  );
}

/** @throws DomainError `empty_territory` */
function unitsAfter({ units }: HeldCpts, change: UnitChange): string[] {
  const after = applyChange(units, change);
  if (after.length > 0) return after;
  throw emptyTerritory();
}

export function emptyTerritory(): DomainError {
  return new DomainError(
    'empty_territory',
    'Il ne resterait aucune commune : gardez-en au moins une, ou closez la CPTS.',
  );
}

/** What someone proposed alone gives way to what they propose next. */
async function replaceOwn(tx: Kysely<Schema>, { id, name }: HeldCpts, actor: Actor): Promise<void> {
  const [pending, ...others] = await cptsVersionRepository(tx).pending(id);
  if (!pending) return;
  if (pending.agreement === null && others.length === 0 && isAuthor(pending, actor)) {
    await dropPending(tx, id, 'withdrawn', '', actor.name);
    return;
  }
  throw new DomainError(
    'version_pending',
    `La version ${pending.number} de «\u00a0${name}\u00a0», proposée par ${pending.author}, attend une décision : qu’elle soit acceptée, refusée ou retirée d’abord.`,
    { cpts: id, version: pending.number, author: pending.author },
  );
}

/** By account; by name where nobody has one. */
export function isAuthor({ author, authorAccount }: PendingVersion, actor: Actor): boolean {
  return authorAccount === actor.account && (authorAccount !== null || author === actor.name);
}
