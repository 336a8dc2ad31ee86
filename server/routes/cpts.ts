import { Type } from '@fastify/type-provider-typebox';
import { Cpts, CptsPage, CptsQuery, CreateCpts } from '../contracts/cpts.ts';
import { CptsHistory } from '../contracts/cpts-history.ts';
import { TakeStep } from '../contracts/cpts-life.ts';
import { Id } from '../contracts/names.ts';
import { leaderOf } from '../core/accounts/scope.ts';
import { stepVerbs } from '../core/events/verbs.ts';
import { cptsRepository } from '../db/repositories/cpts.ts';
import { createCpts } from '../usecases/create-cpts.ts';
import { knownCpts } from '../usecases/known-cpts.ts';
import { cptsHistory, pastCpts } from '../usecases/life/read-history.ts';
import { takeStep } from '../usecases/life/take-step.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { draw, look, records } from './rights.ts';

const params = Type.Object({ id: Id });

export function cptsRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/cpts',
    {
      ...look,
      schema: {
        summary:
          'CPTS that hold communes of the loaded region, or held them on a day; the oldest first',
        querystring: CptsQuery,
        response: { 200: CptsPage, ...failures },
      },
    },
    async ({ query: { at, limit, offset } }) => {
      const { vintage } = region.loaded();
      const db = database().kysely;
      const page = at
        ? await pastCpts(db, vintage.id, at, { limit, offset })
        : await cptsRepository(db).list(vintage.id, limit, offset);
      return { ...page, limit, offset };
    },
  );

  app.post(
    '/api/cpts',
    {
      ...records(draw, 'create'),
      schema: {
        summary: 'Creates a CPTS from communes or from a territory of a proposal',
        body: CreateCpts,
        response: { 201: Cpts, ...failures },
      },
    },
    async ({ body, actor }, reply) => {
      const { vintage } = region.loaded();
      const created = await createCpts(
        database().kysely,
        vintage.id,
        body,
        actor.name,
        leaderOf(actor),
      );
      return reply.status(201).header('location', `/api/cpts/${created.id}`).send(created);
    },
  );

  app.get(
    '/api/cpts/:id',
    {
      ...look,
      schema: { summary: 'One CPTS', params, response: { 200: Cpts, ...failures } },
    },
    async ({ params: { id } }) => {
      region.loaded();
      return knownCpts(database().kysely, id);
    },
  );

  app.get(
    '/api/cpts/:id/history',
    {
      ...look,
      schema: {
        summary: 'Its steps, and what it was and held from a day until another',
        params,
        response: { 200: CptsHistory, ...failures },
      },
    },
    async ({ params: { id } }) => {
      region.loaded();
      return cptsHistory(database().kysely, id);
    },
  );

  app.post(
    '/api/cpts/:id/steps',
    {
      ...records(draw, ...stepVerbs, 'withdraw_version'),
      schema: {
        summary:
          'Takes a step in its life; 409 step_not_allowed says which are, territory_conflict what stands in the way',
        params,
        body: TakeStep,
        response: { 200: Cpts, ...failures },
      },
    },
    async ({ params: { id }, body, actor }) => {
      region.loaded();
      return takeStep(database().kysely, id, body, actor);
    },
  );
}
