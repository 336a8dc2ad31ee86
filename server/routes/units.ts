import { Type } from '@fastify/type-provider-typebox';
import { UnitHistory } from '../contracts/cpts-history.ts';
import { UnitCode } from '../contracts/names.ts';
import { PlaceNames, Unit, UnitGraph, UnitPage, UnitQuery } from '../contracts/units.ts';
import { unitRepository } from '../db/repositories/units.ts';
import { DomainError } from '../errors.ts';
import { unitHistory } from '../usecases/life/read-history.ts';
import { UNIT_GRAPH } from '../usecases/open-region.ts';
import { keptPlaceNames } from '../usecases/place-names.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { sendPacked } from './packed-answer.ts';
import { ground, look } from './rights.ts';

export function unitRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/units',
    {
      ...look,
      schema: {
        summary: 'Units of the loaded region, by position, name or code',
        querystring: UnitQuery,
        response: { 200: UnitPage, ...failures },
      },
    },
    async ({ query: { bbox, q, limit, offset } }) => {
      const { vintage } = region.loaded();
      const page = await unitRepository(database().kysely).list({
        vintage: vintage.id,
        limit,
        offset,
        // An empty parameter is one that was not filled in.
        ...(q ? { q } : {}),
        ...(bbox ? { bbox: readBbox(bbox) } : {}),
      });
      return { ...page, limit, offset };
    },
  );

  app.get(
    '/api/units/:code/history',
    {
      ...look,
      schema: {
        summary: 'Which CPTS held a unit, or parts of it, and since when; the latest first',
        params: Type.Object({ code: UnitCode }),
        response: { 200: UnitHistory, ...failures },
      },
    },
    ({ params: { code } }) => unitHistory(database().kysely, region.loaded().vintage.id, code),
  );

  app.get(
    '/api/units/:code',
    {
      ...look,
      schema: {
        summary: 'One unit',
        params: Type.Object({ code: UnitCode }),
        response: { 200: Unit, ...failures },
      },
    },
    async ({ params: { code } }) => {
      const { vintage } = region.loaded();
      const unit = await unitRepository(database().kysely).byCode(vintage.id, code);
      if (unit) return unit;
      throw unknownUnit(code);
    },
  );

  app.get(
    '/api/unit-graph',
    {
      ...ground,
      schema: {
        summary: 'Every unit and border of the loaded region, in columns',
        response: { 200: UnitGraph, ...failures },
      },
    },
    async (request, reply) => {
      const { graph, answers } = region.loaded();
      // The number changes with the columns: a page must not be told that an older answer will do.
      const tag = `"${graph.vintage} 2"`;
      reply.header('etag', tag).header('cache-control', 'no-cache');
      if (request.headers['if-none-match'] === tag) return reply.status(304).send();
      return sendPacked(request, reply, await answers.gzipped(UNIT_GRAPH, () => graph));
    },
  );

  app.get(
    '/api/place-names',
    {
      ...look,
      schema: {
        summary: 'Postal codes of the units and names of the EPCI of the loaded region',
        response: { 200: PlaceNames, ...failures },
      },
    },
    async (request, reply) => {
      const { graph, answers } = region.loaded();
      return sendPacked(request, reply, await keptPlaceNames(answers, graph));
    },
  );
}

export function unknownUnit(code: string): DomainError {
  return new DomainError(
    'unknown_unit',
    `Aucune commune chargée n’a le code ${code} : cherchez-la par son nom avec /api/units?q=.`,
  );
}

function readBbox(text: string): [number, number, number, number] {
  const [west = 0, south = 0, east = 0, north = 0] = text.split(',').map(Number);
  if (west <= east && south <= north && Math.abs(south) <= 90 && Math.abs(north) <= 90) {
    return [west, south, east, north];
  }
  throw new DomainError(
    'invalid_request',
    `Le cadre « ${text} » n’est pas valable : donnez ouest,sud,est,nord en degrés, avec ouest ≤ est et sud ≤ nord.`,
  );
}
