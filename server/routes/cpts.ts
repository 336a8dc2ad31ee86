import { Type } from '@fastify/type-provider-typebox';
import { Cpts, CptsPage, CreateCpts } from '../contracts/cpts.ts';
import { Id } from '../contracts/names.ts';
import { Paging } from '../contracts/paging.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { closeCpts } from '../usecases/close-cpts.ts';
import { createCpts } from '../usecases/create-cpts.ts';
import { recogniseCpts, unknownCpts } from '../usecases/recognise-cpts.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { LOCAL_ACTOR, read, write } from './rights.ts';

const params = Type.Object({ id: Id });

export function cptsRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/cpts',
    {
      ...read,
      schema: {
        summary: 'CPTS that hold communes of the loaded region, the oldest first',
        querystring: Paging,
        response: { 200: CptsPage, ...failures },
      },
    },
    async ({ query: { limit, offset } }) => {
      const { vintage } = region.loaded();
      const page = await cptsRepository(database().kysely).list(vintage.id, limit, offset);
      return { ...page, limit, offset };
    },
  );

  app.post(
    '/api/cpts',
    {
      ...write,
      schema: {
        summary: 'Creates a CPTS from communes or from a territory of a proposal',
        body: CreateCpts,
        response: { 201: Cpts, ...failures },
      },
    },
    async ({ body }, reply) => {
      const { vintage } = region.loaded();
      const created = await createCpts(database().kysely, vintage.id, body, LOCAL_ACTOR);
      return reply.status(201).header('location', `/api/cpts/${created.id}`).send(created);
    },
  );

  app.get(
    '/api/cpts/:id',
    {
      ...read,
      schema: { summary: 'One CPTS', params, response: { 200: Cpts, ...failures } },
    },
    async ({ params: { id } }) => {
      region.loaded();
      const cpts = await cptsRepository(database().kysely).byId(id);
      if (cpts) return cpts;
      throw unknownCpts(id);
    },
  );

  app.post(
    '/api/cpts/:id/recognise',
    {
      ...write,
      schema: {
        summary: 'Accepts the territory; 409 territory_conflict names what stands in the way',
        params,
        response: { 200: Cpts, ...failures },
      },
    },
    async ({ params: { id } }) => {
      region.loaded();
      return recogniseCpts(database().kysely, id, LOCAL_ACTOR);
    },
  );

  app.post(
    '/api/cpts/:id/close',
    {
      ...write,
      schema: { summary: 'Ends a CPTS', params, response: { 200: Cpts, ...failures } },
    },
    async ({ params: { id } }) => {
      region.loaded();
      return closeCpts(database().kysely, id, LOCAL_ACTOR);
    },
  );
}
