import type { IncomingMessage } from 'node:http';
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
import { DomainError } from '../errors.ts';
import { limits } from '../imports/territory/territory-file.ts';
import { createSeveralCpts } from '../usecases/create-several-cpts.ts';
import { exportCpts, exportDraft, type TerritoriesFile } from '../usecases/export-territories.ts';
import { outlineShares, readTerritories } from '../usecases/read-territories.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { LOCAL_ACTOR, write } from './rights.ts';

/** Reads and unions of outlines take the processor: fewer a minute than small changes. */
const heavy = {
  config: { right: 'write', rateLimit: { max: 60, timeWindow: '1 minute' } },
} as const;
const heavyRead = {
  config: { right: 'read', rateLimit: { max: 60, timeWindow: '1 minute' } },
} as const;

/** Territories from files and outlines, and territories in files. */
export function territoryFileRoutes(app: App, { database, region }: Dependencies): void {
  app.post(
    '/api/territory-files',
    {
      ...heavy,
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
      const ground = { db: database().kysely, vintage, signal: gone.signal };
      return readTerritories(ground, { file, bytes, byArea: by === 'area' });
    },
  );

  app.post(
    '/api/outline-shares',
    {
      ...write,
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
      ...write,
      bodyLimit: 8 * 2 ** 20,
      schema: {
        summary: 'Creates several CPTS from lists of units, all or none',
        body: CreateSeveralCpts,
        response: { 201: CreatedCpts, ...failures },
      },
    },
    async ({ body }, reply) => {
      const { vintage } = region.loaded();
      const created = await createSeveralCpts(database().kysely, vintage.id, body, LOCAL_ACTOR);
      return reply.status(201).send(created);
    },
  );

  app.get(
    '/api/cpts/:id/export',
    {
      ...heavyRead,
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
      ...heavyRead,
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
      ...heavy,
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

/**
 * A file sent as it is, in memory.
 *
 * @throws DomainError `unsupported_media_type`, `file_too_large`, `upload_cut`
 */
async function wholeBody(
  raw: unknown,
  announced: string | undefined,
  file: string,
): Promise<Uint8Array> {
  const body = raw as IncomingMessage | undefined;
  if (typeof body?.iterator !== 'function') {
    throw new DomainError(
      'unsupported_media_type',
      'Le fichier doit être le corps de la requête : ajoutez l’en-tête « content-type: application/octet-stream ».',
    );
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if (Number(announced ?? 0) > limits.bytes) throw tooLarge(file);
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > limits.bytes) throw tooLarge(file);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError(
      'upload_cut',
      `L’envoi de « ${file} » a été interrompu : choisissez-le de nouveau.`,
      { file },
      { cause: error },
    );
  } finally {
    // What is refused is read to its end, or its sender would not see why.
    body.resume();
  }
  return Buffer.concat(chunks);
}

function tooLarge(file: string): DomainError {
  return new DomainError(
    'file_too_large',
    `Le fichier « ${file} » dépasse ${limits.bytes / 2 ** 20} Mo : simplifiez-en les contours (QGIS : « Simplifier »), ou gardez seulement ce qui vous intéresse.`,
    { file, limit: limits.bytes },
  );
}
