import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Id } from '../contracts/names.ts';
import {
  CptsExportQuery,
  CreatedCpts,
  CreateSeveralCpts,
  DraftExport,
  ExportQuery,
  OutlineQuestion,
  OutlineShares,
  TerritoryFile,
  TerritoryFileQuery,
} from '../contracts/territory-files.ts';
import { leaderOf } from '../core/accounts/scope.ts';
import { limits } from '../imports/territory/territory-file.ts';
import { createSeveralCpts } from '../usecases/create-several-cpts.ts';
import { exportCpts, exportDraft, type TerritoriesFile } from '../usecases/export-territories.ts';
import { outlineShares, readTerritories } from '../usecases/read-territories.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { draw, heavyWork, keepsNothing, records, workOut } from './rights.ts';
import { wholeBody } from './whole-body.ts';

/** Territories from files and outlines, and territories in files. */
export function territoryFileRoutes(app: App, { database, region, passages }: Dependencies): void {
  app.post(
    '/api/territory-files',
    {
      ...keepsNothing(heavyWork, 'reads a file and forgets it'),
      bodyLimit: limits.bytes,
      schema: {
        summary:
          'Sends a GeoJSON, TopoJSON, zipped Shapefile or CSV (application/octet-stream) and answers its territories as units; nothing is kept',
        consumes: ['application/octet-stream'],
        querystring: TerritoryFileQuery,
        response: { 200: TerritoryFile, ...failures },
      },
    },
    async (request, reply) => {
      const { vintage } = region.loaded();
      const { name: file, by } = request.query;
      const bytes = await wholeBody(request.body, request.headers['content-length'], file);
      const gone = new AbortController();
      reply.raw.on('close', () => gone.abort());
      const { kysely: db } = database();
      const ground = { db, vintage, passages: passages(), signal: gone.signal };
      return readTerritories(ground, { file, bytes, byArea: by === 'area' });
    },
  );

  app.post(
    '/api/outline-shares',
    {
      ...keepsNothing(workOut, 'works something out'),
      schema: {
        summary: 'The share of each unit that an outline covers',
        body: OutlineQuestion,
        response: { 200: OutlineShares, ...failures },
      },
    },
    async ({ body: { outline } }) =>
      outlineShares(database().kysely, region.loaded().vintage.id, outline),
  );

  app.post(
    '/api/cpts-drafts',
    {
      ...records(draw, 'create'),
      bodyLimit: 8 * 2 ** 20,
      schema: {
        summary: 'Creates several CPTS from lists of units, all or none',
        body: CreateSeveralCpts,
        response: { 201: CreatedCpts, ...failures },
      },
    },
    async ({ body, actor }, reply) => {
      const { vintage } = region.loaded();
      const created = await createSeveralCpts(
        database().kysely,
        vintage.id,
        body,
        actor.name,
        leaderOf(actor),
      );
      return reply.status(201).send(created);
    },
  );

  app.get(
    '/api/cpts/:id/export',
    {
      ...heavyWork,
      schema: {
        summary: 'A CPTS as it is now, in a file',
        params: Type.Object({ id: Id }),
        querystring: ExportQuery,
        response: { 200: { type: 'string', format: 'binary' }, ...failures },
      },
    },
    async ({ params: { id }, query: { format } }, reply) => {
      const { vintage } = region.loaded();
      return send(reply, await exportCpts(database().kysely, vintage, format, [id]));
    },
  );

  app.get(
    '/api/cpts-export',
    {
      ...heavyWork,
      schema: {
        summary: 'Several CPTS in one file, or all that are not closed',
        querystring: CptsExportQuery,
        response: { 200: { type: 'string', format: 'binary' }, ...failures },
      },
    },
    async ({ query: { format, ids } }, reply) => {
      const { vintage } = region.loaded();
      const wanted = ids === undefined ? null : [...new Set(ids.split(',').map(Number))];
      return send(reply, await exportCpts(database().kysely, vintage, format, wanted));
    },
  );

  app.post(
    '/api/territory-exports',
    {
      ...keepsNothing(heavyWork, 'writes a file for whoever asks'),
      schema: {
        summary: 'A territory that is no CPTS yet, in a file',
        body: DraftExport,
        response: { 200: { type: 'string', format: 'binary' }, ...failures },
      },
    },
    async ({ body }, reply) => {
      const { vintage } = region.loaded();
      return send(reply, await exportDraft(database().kysely, vintage, body));
    },
  );
}

function send(reply: FastifyReply, { name, type, bytes }: TerritoriesFile): FastifyReply {
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .serializer((sent: unknown) => sent as string)
    .send(Buffer.from(bytes));
}
