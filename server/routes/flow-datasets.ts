import { Type } from '@fastify/type-provider-typebox';
import {
  DestinationQuery,
  Destinations,
  FlowDatasetPage,
  PoleQuery,
  Poles,
} from '../contracts/flow-datasets.ts';
import { Id } from '../contracts/names.ts';
import { Paging } from '../contracts/paging.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { flowRepository } from '../db/repositories/flows.ts';
import { poleRepository } from '../db/repositories/poles.ts';
import { unitRepository } from '../db/repositories/units.ts';
import { DomainError } from '../errors.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { read } from './rights.ts';
import { unknownUnit } from './units.ts';

export function flowDatasetRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/flow-datasets',
    {
      ...read,
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
    '/api/flow-datasets/:id/poles',
    {
      ...read,
      schema: {
        summary: 'Main attraction pole of each commune, and the poles, largest catchment first',
        params: Type.Object({ id: Id }),
        querystring: PoleQuery,
        response: { 200: Poles, ...failures },
      },
    },
    async ({ params: { id }, query: { specialty } }) => {
      await check(id, specialty);
      return poleRepository(database().kysely).of(id, specialty);
    },
  );

  app.get(
    '/api/flow-datasets/:id/destinations',
    {
      ...read,
      schema: {
        summary: 'Where the residents of one commune go',
        params: Type.Object({ id: Id }),
        querystring: DestinationQuery,
        response: { 200: Destinations, ...failures },
      },
    },
    async ({ params: { id }, query: { origin, specialty, limit } }) => {
      await check(id, specialty);
      if (!(await unitRepository(database().kysely).byCode(region.loaded().vintage.id, origin))) {
        throw unknownUnit(origin);
      }
      return flowRepository(database().kysely).destinations(id, specialty, origin, limit);
    },
  );

  async function check(id: number, specialty: string): Promise<void> {
    const { vintage } = region.loaded();
    const dataset = await flowDatasetRepository(database().kysely).byId(vintage.id, id);
    if (!dataset) {
      throw new DomainError(
        'unknown_dataset',
        `Le jeu de flux ${id} n’existe pas : la liste est à l’adresse /api/flow-datasets.`,
      );
    }
    if (specialty === 'all' || dataset.specialties.some(({ key }) => key === specialty)) return;
    const keys = dataset.specialties.map(({ key }) => key);
    throw new DomainError(
      'unknown_specialty',
      `La spécialité « ${specialty} » n’est pas dans ce jeu de flux : choisissez « all » ou l’une de ${keys.join(', ')}.`,
      { specialties: keys },
    );
  }
}
