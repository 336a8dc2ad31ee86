import { Type } from '@fastify/type-provider-typebox';
import {
  DestinationQuery,
  Destinations,
  FlowDatasetPage,
  InflowQuery,
  Inflows,
} from '../contracts/flow-datasets.ts';
import { FlowSets, FlowSetsWanted } from '../contracts/flow-sets.ts';
import { Id } from '../contracts/names.ts';
import { Paging } from '../contracts/paging.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { flowRepository } from '../db/repositories/flows.ts';
import { unitRepository } from '../db/repositories/units.ts';
import { checkSpecialty } from '../usecases/analyse-poles.ts';
import { measureSets } from '../usecases/flow-sets.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { keepsNothing, look, workOut } from './rights.ts';
import { unknownUnit } from './units.ts';

const params = Type.Object({ id: Id });

export function flowDatasetRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/flow-datasets',
    {
      ...look,
      schema: {
        summary: 'Flow datasets of the loaded region, the latest first',
        querystring: Paging,
        response: { 200: FlowDatasetPage, ...failures },
      },
    },
    async ({ query: { limit, offset } }) => {
      const { vintage } = region.loaded();
      const page = await flowDatasetRepository(database().kysely).list(vintage.id, limit, offset);
      return { ...page, limit, offset };
    },
  );

  app.get(
    '/api/flow-datasets/:id/destinations',
    {
      ...look,
      schema: {
        summary: 'Where the residents of one commune go',
        params,
        querystring: DestinationQuery,
        response: { 200: Destinations, ...failures },
      },
    },
    async ({ params: { id }, query: { origin, specialty, masked, limit } }) => {
      await check(id, specialty);
      await checkUnit(origin);
      const choice = { dataset: id, specialty, masked };
      return flowRepository(database().kysely).destinations(choice, origin, limit);
    },
  );

  app.get(
    '/api/flow-datasets/:id/inflows',
    {
      ...look,
      schema: {
        summary: 'Where the patients treated in one commune live',
        params,
        querystring: InflowQuery,
        response: { 200: Inflows, ...failures },
      },
    },
    async ({ params: { id }, query: { destination, specialty, masked, limit } }) => {
      await check(id, specialty);
      const choice = { dataset: id, specialty, masked };
      return flowRepository(database().kysely).inflows(choice, destination, limit);
    },
  );

  app.post(
    '/api/flow-datasets/:id/sets',
    {
      ...keepsNothing(workOut, 'works something out'),
      schema: {
        summary: 'What sets of units keep, lose and draw, and the largest flows between them',
        params,
        body: FlowSetsWanted,
        response: { 200: FlowSets, ...failures },
      },
    },
    async ({ params: { id }, body: { sets, specialty, masked, k } }) => {
      await check(id, specialty);
      const choice = { dataset: id, specialty, masked };
      return measureSets(database().kysely, choice, { sets, k });
    },
  );

  async function checkUnit(code: string): Promise<void> {
    const { vintage } = region.loaded();
    if (!(await unitRepository(database().kysely).byCode(vintage.id, code)))
      throw unknownUnit(code);
  }

  async function check(id: number, specialty: string): Promise<void> {
    await checkSpecialty(database().kysely, region.loaded().vintage.id, id, specialty);
  }
}
