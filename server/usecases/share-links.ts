import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { CreatedLink, NewLink, ShareLink } from '../contracts/sharing.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { shareLinkRepository } from '../db/repositories/share-links.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { knownCpts } from './known-cpts.ts';

/** Bits nobody guesses. */
const TOKEN_BYTES = 32;

/**
 * Makes a link to the territory of a CPTS. Its token is answered this once and kept nowhere.
 *
 * @throws DomainError `unknown_cpts`
 */
export async function createLink(
  db: Kysely<Schema>,
  cpts: number,
  { kind, label }: NewLink,
  actor: string,
): Promise<CreatedLink> {
  await knownCpts(db, cpts);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const link = await db.transaction().execute(async (tx) => {
    const made = await shareLinkRepository(tx).insert({
      cpts,
      kind,
      label: label.trim(),
      tokenHash: hashOf(token),
      author: actor,
    });
    const after = { link: made.id, kind, label: made.label };
    await eventRepository(tx).record({ actor, verb: 'share', subject: `cpts/${cpts}`, after });
    return made;
  });
  return { ...link, token };
}

/** Links of a CPTS, the latest first, revoked ones too. @throws DomainError `unknown_cpts` */
export async function listLinks(db: Kysely<Schema>, cpts: number): Promise<ShareLink[]> {
  await knownCpts(db, cpts);
  return shareLinkRepository(db).list(cpts);
}

/** Ends a link for good; what was said through it stays. @throws DomainError `unknown_link` */
export async function revokeLink(
  db: Kysely<Schema>,
  cpts: number,
  id: number,
  actor: string,
): Promise<ShareLink> {
  return db.transaction().execute(async (tx) => {
    const revoked = await shareLinkRepository(tx).revoke(cpts, id);
    if (!revoked) {
      throw new DomainError(
        'unknown_link',
        `Cette CPTS n’a pas de lien ${id} : choisissez-en un dans sa liste.`,
      );
    }
    if (revoked.now) {
      const { kind, label } = revoked.link;
      const before = { link: id, kind, label };
      const subject = `cpts/${cpts}`;
      await eventRepository(tx).record({ actor, verb: 'revoke_link', subject, before });
    }
    return revoked.link;
  });
}

/**
 * What a token opens. A wrong token and a revoked one are told alike.
 *
 * @throws DomainError `unknown_link`
 */
export async function openLink(db: Kysely<Schema>, token: string) {
  const link = await shareLinkRepository(db).use(hashOf(token));
  if (link) return link;
  throw new DomainError(
    'unknown_link',
    'Ce lien n’ouvre rien : il a été mal recopié, ou celui qui l’a donné l’a retiré. Demandez-lui-en un autre.',
  );
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
