import { Type } from '@fastify/type-provider-typebox';
import { FlowsAsked } from '../contracts/flow-words.ts';
import { Id } from '../contracts/names.ts';
import {
  OverlapPage,
  OverlapQuery,
  OverlapResolution,
  PreviewResolution,
  ResolvedOverlap,
  ResolveOverlap,
} from '../contracts/overlaps.ts';
import { overlapRepository } from '../db/repositories/overlaps.ts';
import { refuseUnseen } from '../usecases/life/read-history.ts';
import { applyResolution } from '../usecases/overlaps/apply-resolution.ts';
import { proposeResolution } from '../usecases/overlaps/resolve-overlap.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { draw, keepsNothing, look, records, workOut } from './rights.ts';

const params = Type.Object({ a: Id, b: Id });

export function overlapRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/overlaps',
    {
      ...look,
      schema: {
        summary:
          'Pairs of open CPTS that share units of the loaded region, the gravest first, then most shared inhabitants',
        querystring: OverlapQuery,
        response: { 200: OverlapPage, ...failures },
      },
    },
    async ({ query }) => {
      const { vintage } = region.loaded();
      refuseUnseen(query.at);
      const page = await overlapRepository(database().kysely).list(vintage.id, query);
      return { ...page, limit: query.limit, offset: query.offset };
    },
  );

  app.get(
    '/api/overlaps/:a/:b',
    {
      ...look,
      schema: {
        summary: 'What two CPTS share, to which each unit would go, and what that makes of both',
        params,
        querystring: FlowsAsked,
        response: { 200: OverlapResolution, ...failures },
      },
    },
    async ({ params: { a, b }, query }) =>
      proposeResolution(database().kysely, region.loaded(), [a, b], query),
  );

  app.post(
    '/api/overlaps/:a/:b/preview',
    {
      ...keepsNothing(workOut, 'works something out'),
      schema: {
        summary: 'The same with some units given otherwise; nothing is saved',
        params,
        body: PreviewResolution,
        response: { 200: OverlapResolution, ...failures },
      },
    },
    async ({ params: { a, b }, body }) =>
      proposeResolution(database().kysely, region.loaded(), [a, b], body),
  );

  app.post(
    '/api/overlaps/:a/:b/resolve',
    {
      ...records(draw, 'propose_version', 'accept_version'),
      schema: {
        summary:
          'Proposes it to the owners of both: versions in force together when both are accepted',
        params,
        body: ResolveOverlap,
        response: { 200: ResolvedOverlap, ...failures },
      },
    },
    async ({ params: { a, b }, body, actor }) =>
      applyResolution(database().kysely, region.loaded(), [a, b], body, actor),
  );
}
