import type { Kysely } from 'kysely';
import type { NewComment, SharedComment, SharedTerritory } from '../contracts/sharing.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { asShared, territoryCommentRepository } from '../db/repositories/territory-comments.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { refuseUnknownUnits } from './create-cpts.ts';
import { knownCpts } from './known-cpts.ts';
import { readVersion } from './read-versions.ts';
import { openLink } from './share-links.ts';

/** Comments that a shared page shows. */
const SHOWN = 500;
/** Comments that one link may leave: a link that got about does not fill the database. */
const MOST_OF_A_LINK = 1000;

/** The present territory of the CPTS that a link opens. @throws DomainError `unknown_link` */
export async function readShared(
  db: Kysely<Schema>,
  vintage: string,
  token: string,
): Promise<SharedTerritory> {
  const link = await openLink(db, token);
  const cpts = await knownCpts(db, link.cpts);
  const { number, at, label, figures } = await readVersion(db, vintage, cpts.id, cpts.version);
  const comments = await territoryCommentRepository(db).list(cpts.id, SHOWN, 0);
  return {
    kind: link.kind,
    cpts: {
      name: cpts.name,
      status: cpts.status,
      recognised: cpts.recognised,
      version: number,
      savedAt: at,
      label,
      units: cpts.units,
      figures,
    },
    comments: comments.map(asShared),
  };
}

/**
 * Leaves a comment through a link.
 *
 * @throws DomainError `unknown_link`, `link_is_view_only`, `cpts_closed`, `unknown_units`,
 *   `too_many_comments`
 */
export async function leaveComment(
  db: Kysely<Schema>,
  vintage: string,
  token: string,
  { unit, author = '', text }: NewComment,
): Promise<SharedComment> {
  const link = await openLink(db, token);
  if (link.kind === 'view') {
    throw new DomainError(
      'link_is_view_only',
      'Ce lien permet de lire, pas de commenter : demandez un lien de commentaire à celui qui vous l’a donné.',
    );
  }
  const cpts = await knownCpts(db, link.cpts);
  if (cpts.status === 'closed') {
    throw new DomainError('cpts_closed', 'Cette CPTS est close : elle ne reçoit plus d’avis.');
  }
  if (unit !== undefined) await refuseUnknownUnits(db, vintage, [unit]);
  return db.transaction().execute(async (tx) => {
    const comments = territoryCommentRepository(tx);
    if ((await comments.countOfLink(link.id)) >= MOST_OF_A_LINK) {
      throw new DomainError(
        'too_many_comments',
        `Ce lien a déjà reçu ${MOST_OF_A_LINK} avis et n’en prend plus : demandez-en un autre à celui qui vous l’a donné.`,
      );
    }
    const id = await comments.insert({
      cpts: cpts.id,
      link: link.id,
      version: cpts.version,
      unit: unit ?? null,
      author: author.trim(),
      body: text.trim(),
    });
    await eventRepository(tx).record({
      actor: `link/${link.id}`,
      verb: 'comment',
      subject: `cpts/${cpts.id}`,
      after: { comment: id, unit: unit ?? null },
    });
    const left = await comments.byId(cpts.id, id);
    if (!left) throw new Error(`comment ${id} was left but is not there`);
    return asShared(left);
  });
}
