import { Type } from '@fastify/type-provider-typebox';
import { Id, UnitCode } from '../contracts/names.ts';
import { Paging } from '../contracts/paging.ts';
import {
  ComparisonQuery,
  PoleComparison,
  PoleParameters,
  PoleProfile,
  PoleQuery,
  PoleRun,
  PoleRunPage,
  Poles,
} from '../contracts/poles.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import {
  analysePoles,
  checkSpecialty,
  comparePoles,
  knownDataset,
  knownRun,
  shownPoles,
} from '../usecases/analyse-poles.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { sendPacked } from './packed-answer.ts';
import { analyse, look, records } from './rights.ts';

const params = Type.Object({ id: Id });

export function poleRunRoutes(app: App, { database, region }: Dependencies): void {
  app.post(
    '/api/flow-datasets/:id/pole-runs',
    {
      ...records(analyse, 'analyse_poles'),
      schema: {
        summary:
          'The analysis of poles with these parameters, made now unless it was before; a client that goes away stops it',
        params,
        body: PoleParameters,
        response: { 200: PoleRun, ...failures },
      },
    },
    async ({ params: { id }, body, actor }, reply) => {
      const gone = new AbortController();
      reply.raw.on('close', () => gone.abort());
      const { vintage } = region.loaded();
      const by = { actor: actor.name, signal: gone.signal };
      return analysePoles(database(), vintage.id, id, body, by);
    },
  );

  app.get(
    '/api/flow-datasets/:id/pole-runs',
    {
      ...look,
      schema: {
        summary: 'Analyses of a dataset, the latest first',
        params,
        querystring: Paging,
        response: { 200: PoleRunPage, ...failures },
      },
    },
    async ({ params: { id }, query: { limit, offset } }) => {
      const { kysely } = database();
      await knownDataset(kysely, region.loaded().vintage.id, id);
      return { ...(await poleRepository(kysely).list(id, limit, offset)), limit, offset };
    },
  );

  app.get(
    '/api/flow-datasets/:id/poles',
    {
      ...look,
      schema: {
        summary: 'Main attraction pole of each commune, and the poles, largest catchment first',
        params,
        querystring: PoleQuery,
        response: { 200: Poles, ...failures },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const { vintage, answers } = region.loaded();
      const { kysely } = database();
      await checkSpecialty(kysely, vintage.id, params.id, query.specialty);
      const run = await poleRepository(kysely).defaultRun(params.id);
      return sendPacked(request, reply, await shownPoles(kysely, answers, run, query.specialty));
    },
  );

  app.get(
    '/api/pole-runs/:id',
    {
      ...look,
      schema: {
        summary: 'Communes and poles of a stored analysis, for one specialty or all',
        params,
        querystring: PoleQuery,
        response: { 200: Poles, ...failures },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const { vintage, answers } = region.loaded();
      const { kysely } = database();
      const run = await knownRun(kysely, vintage.id, params.id);
      await checkSpecialty(kysely, vintage.id, run.dataset, query.specialty);
      return sendPacked(request, reply, await shownPoles(kysely, answers, run, query.specialty));
    },
  );

  app.get(
    '/api/pole-runs/:id/poles/:code',
    {
      ...look,
      schema: {
        summary: 'One pole over each specialty that it is a pole for, and over all',
        params: Type.Object({ id: Id, code: UnitCode }),
        response: { 200: PoleProfile, ...failures },
      },
    },
    async ({ params: { id, code } }) => {
      const { kysely } = database();
      await knownRun(kysely, region.loaded().vintage.id, id);
      return poleRepository(kysely).profile(id, code);
    },
  );

  app.get(
    '/api/pole-runs/:id/comparison',
    {
      ...look,
      schema: {
        summary:
          'Communes whose pole differs in another analysis or specialty, and their residents',
        params,
        querystring: ComparisonQuery,
        response: { 200: PoleComparison, ...failures },
      },
    },
    async ({ params: { id }, query }) => {
      const { vintage } = region.loaded();
      const { specialty, otherSpecialty = specialty } = query;
      const other = { run: query.with, specialty: otherSpecialty };
      return comparePoles(database().kysely, vintage.id, { run: id, specialty }, other);
    },
  );
}
