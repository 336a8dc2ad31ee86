import type { Kysely } from 'kysely';
import type { TerritoryComment } from '../contracts/sharing.ts';
import type { EventVerb } from '../core/events/verbs.ts';
import { eventRepository } from '../db/repositories/events.ts';
import { territoryCommentRepository } from '../db/repositories/territory-comments.ts';
import type { Schema } from '../db/schema.ts';
import { DomainError } from '../errors.ts';
import { knownCpts } from './known-cpts.ts';

/** Comments on a CPTS, the latest first. @throws DomainError `unknown_cpts` */
export async function listComments(
  db: Kysely<Schema>,
  cpts: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ items: TerritoryComment[]; total: number; open: number }> {
  await knownCpts(db, cpts);
  const comments = territoryCommentRepository(db);
  return {
    items: await comments.list(cpts, limit, offset),
    ...(await comments.counts(cpts)),
  };
}

/** Answers a comment, in place of the answer it had. @throws DomainError `unknown_comment` */
export async function answerComment(
  db: Kysely<Schema>,
  cpts: number,
  id: number,
  text: string,
  actor: string,
): Promise<TerritoryComment> {
  return change(db, cpts, id, actor, async (tx, before) => {
    await territoryCommentRepository(tx).answer(id, text.trim(), actor);
    return {
      verb: 'answer_comment',
      before: { comment: id, answer: before.answer?.text ?? null },
      after: { comment: id, answer: text.trim() },
    };
  });
}

/** Closes a comment or opens it again; twice changes nothing. @throws DomainError `unknown_comment` */
export async function setCommentClosed(
  db: Kysely<Schema>,
  cpts: number,
  id: number,
  closed: boolean,
  actor: string,
): Promise<TerritoryComment> {
  return change(db, cpts, id, actor, async (tx, before) => {
    if ((before.closedAt !== null) === closed) return null;
    await territoryCommentRepository(tx).setClosed(id, closed);
    return {
      verb: closed ? 'close_comment' : 'reopen_comment',
      before: { comment: id, closed: !closed },
      after: { comment: id, closed },
    };
  });
}

interface Change {
  verb: EventVerb;
  before?: unknown;
  after: unknown;
}

async function change(
  db: Kysely<Schema>,
  cpts: number,
  id: number,
  actor: string,
  act: (tx: Kysely<Schema>, before: TerritoryComment) => Promise<Change | null>,
): Promise<TerritoryComment> {
  return db.transaction().execute(async (tx) => {
    const comments = territoryCommentRepository(tx);
    const before = await comments.byId(cpts, id);
    if (!before) {
      throw new DomainError(
        'unknown_comment',
        `Cette CPTS n’a pas d’avis ${id} : choisissez-en un dans sa liste.`,
      );
    }
    const event = await act(tx, before);
    if (!event) return before;
    await eventRepository(tx).record({ actor, subject: `cpts/${cpts}`, ...event });
    return (await comments.byId(cpts, id)) ?? before;
  });
}
