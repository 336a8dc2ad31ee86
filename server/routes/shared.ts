import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { NewComment, SharedComment, SharedTerritory } from '../contracts/sharing.ts';
import { leaveComment, readShared } from '../usecases/shared-territory.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { records, shared, sharedWrite } from './rights.ts';

/** Any text: a token of the wrong form is answered as one that opens nothing. */
const sharedParams = Type.Object({ token: Type.String({ minLength: 1, maxLength: 500 }) });

/** Neither kept by caches, nor listed by search engines, nor told to other sites. */
function keepPrivate(reply: FastifyReply): void {
  reply
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex, nofollow')
    .header('referrer-policy', 'no-referrer');
}

/** What the holders of a link do. */
export function sharedRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/shared/:token',
    {
      ...shared,
      schema: {
        summary: 'The territory that a link opens, with its comments',
        params: sharedParams,
        response: { 200: SharedTerritory, ...failures },
      },
    },
    async ({ params: { token } }, reply) => {
      keepPrivate(reply);
      const { vintage } = region.loaded();
      const territory = await readShared(database().kysely, vintage.id, token);
      reply.keepLink(token);
      return territory;
    },
  );

  app.post(
    '/api/shared/:token/comments',
    {
      ...records(sharedWrite, 'comment'),
      schema: {
        summary: 'Leaves a comment on a unit or on the whole territory',
        params: sharedParams,
        body: NewComment,
        response: { 201: SharedComment, ...failures },
      },
    },
    async ({ params: { token }, body }, reply) => {
      keepPrivate(reply);
      const { vintage } = region.loaded();
      const left = await leaveComment(database().kysely, vintage.id, token, body);
      return reply.status(201).send(left);
    },
  );
}

/** The page itself, which asks for what its address names; once static files are served. */
export function sharedPage(app: App): void {
  app.get(
    '/partage/:token',
    { ...shared, schema: { hide: true, params: sharedParams } },
    ({ params: { token } }, reply) => {
      keepPrivate(reply);
      // The page asks for communes and tiles beside the territory: what it holds opens those too.
      return reply.keepLink(token).sendFile('index.html', { cacheControl: false });
    },
  );
}
