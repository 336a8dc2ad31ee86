import { Type } from '@fastify/type-provider-typebox';
import { Id } from '../contracts/names.ts';
import {
  ComparisonQuery,
  PoleComparison,
  PoleParameters,
  PoleQuery,
  PoleRun,
  Poles,
} from '../contracts/poles.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import { analysePoles, checkSpecialty, comparePoles, knownRun } from '../usecases/analyse-poles.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { read, write } from './rights.ts';

const params = Type.Object({ id: Id });

export function poleRunRoutes(app: App, { database, region }: Dependencies): void {
  app.post(
    '/api/flow-datasets/:id/pole-runs',
    {
      ...write,
      schema: {
        summary: 'The analysis of poles with these parameters, made now unless it was before',
        params,
        body: PoleParameters,
        response: { 200: PoleRun, ...failures },
      },
    },
    async ({ params: { id }, body }) => {
      return analysePoles(database().kysely, region.loaded().vintage.id, id, body);
    },
  );

  app.get(
    '/api/flow-datasets/:id/poles',
    {
      ...read,
      schema: {
        summary: 'Main attraction pole of each commune, and the poles, largest catchment first',
        params,
        querystring: PoleQuery,
        response: { 200: Poles, ...failures },
      },
    },
    async ({ params: { id }, query: { specialty } }) => {
      const { vintage } = region.loaded();
      const { kysely } = database();
      await checkSpecialty(kysely, vintage.id, id, specialty);
      return poleRepository(kysely).of(id, specialty);
    },
  );

  app.get(
    '/api/pole-runs/:id',
    {
      ...read,
      schema: {
        summary: 'Communes and poles of a stored analysis, for one specialty or all',
        params,
        querystring: PoleQuery,
        response: { 200: Poles, ...failures },
      },
    },
    async ({ params: { id }, query: { specialty } }) => {
      const { vintage } = region.loaded();
      const { kysely } = database();
      const run = await knownRun(kysely, vintage.id, id);
      await checkSpecialty(kysely, vintage.id, run.dataset, specialty);
      return poleRepository(kysely).ofRun(run, specialty);
    },
  );

  app.get(
    '/api/pole-runs/:id/comparison',
    {
      ...read,
      schema: {
        summary: 'Communes whose pole differs in another analysis, and their residents',
        params,
        querystring: ComparisonQuery,
        response: { 200: PoleComparison, ...failures },
      },
    },
    async ({ params: { id }, query }) => {
      const { vintage } = region.loaded();
      return comparePoles(database().kysely, vintage.id, id, query.with, query.specialty);
    },
  );
}
