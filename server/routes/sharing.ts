import { Type } from '@fastify/type-provider-typebox';
import { Id } from '../contracts/names.ts';
import { Paging } from '../contracts/paging.ts';
import {
  Answer,
  CommentCounts,
  CommentPage,
  CreatedLink,
  NewLink,
  ShareLink,
  ShareLinkList,
  TerritoryComment,
} from '../contracts/sharing.ts';
import { territoryCommentRepository } from '../db/repositories/territory-comments.ts';
import { answerComment, listComments, setCommentClosed } from '../usecases/answer-comments.ts';
import { createLink, listLinks, revokeLink } from '../usecases/share-links.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { draw, look, records } from './rights.ts';

const params = Type.Object({ id: Id });
const ofLink = Type.Object({ id: Id, link: Id });
const ofComment = Type.Object({ id: Id, comment: Id });

/** What the owner of a CPTS does with its links and its comments. */
export function sharingRoutes(app: App, { database, region }: Dependencies): void {
  const db = () => {
    region.loaded();
    return database().kysely;
  };

  app.get(
    '/api/cpts/:id/links',
    {
      ...look,
      schema: {
        summary: 'Links to the territory, the latest first, revoked ones too',
        params,
        response: { 200: ShareLinkList, ...failures },
      },
    },
    async ({ params: { id } }) => ({ items: await listLinks(db(), id) }),
  );

  app.post(
    '/api/cpts/:id/links',
    {
      ...records(draw, 'share'),
      schema: {
        summary: 'Makes a link to look at the territory, or to comment on it; gives its token once',
        params,
        body: NewLink,
        response: { 201: CreatedLink, ...failures },
      },
    },
    async ({ params: { id }, body, actor }, reply) => {
      const link = await createLink(db(), id, body, actor.name);
      return reply.status(201).header('cache-control', 'no-store').send(link);
    },
  );

  app.post(
    '/api/cpts/:id/links/:link/revoke',
    {
      ...records(draw, 'revoke_link'),
      schema: {
        summary: 'Ends a link for good',
        params: ofLink,
        response: { 200: ShareLink, ...failures },
      },
    },
    ({ params: { id, link }, actor }) => revokeLink(db(), id, link, actor.name),
  );

  app.get(
    '/api/comment-counts',
    {
      ...look,
      schema: {
        summary: 'How many comments each CPTS got, and how many of them are open',
        response: { 200: CommentCounts, ...failures },
      },
    },
    async () => ({ items: await territoryCommentRepository(db()).countsByCpts() }),
  );

  app.get(
    '/api/cpts/:id/comments',
    {
      ...look,
      schema: {
        summary: 'Comments on the territory, the latest first',
        params,
        querystring: Paging,
        response: { 200: CommentPage, ...failures },
      },
    },
    async ({ params: { id }, query: paging }) => ({
      ...(await listComments(db(), id, paging)),
      ...paging,
    }),
  );

  app.post(
    '/api/cpts/:id/comments/:comment/answer',
    {
      ...records(draw, 'answer_comment'),
      schema: {
        summary: 'Answers a comment, in place of the answer it had',
        params: ofComment,
        body: Answer,
        response: { 200: TerritoryComment, ...failures },
      },
    },
    ({ params: { id, comment }, body: { text }, actor }) =>
      answerComment(db(), id, comment, text, actor.name),
  );

  for (const [verb, event, closed, summary] of [
    ['close', 'close_comment', true, 'Closes a comment'],
    ['reopen', 'reopen_comment', false, 'Opens a closed comment again'],
  ] as const) {
    app.post(
      `/api/cpts/:id/comments/:comment/${verb}`,
      {
        ...records(draw, event),
        schema: { summary, params: ofComment, response: { 200: TerritoryComment, ...failures } },
      },
      ({ params: { id, comment }, actor }) =>
        setCommentClosed(db(), id, comment, closed, actor.name),
    );
  }
}
