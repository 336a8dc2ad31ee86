import { Type } from '@fastify/type-provider-typebox';
import { MatrixQuery } from '../contracts/flow-datasets.ts';
import { Id } from '../contracts/names.ts';
import { packedMatrix } from '../usecases/flow-matrix.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { sendPacked } from './packed-answer.ts';
import { look } from './rights.ts';

export function flowMatrixRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/flow-datasets/:id/matrix',
    {
      ...look,
      schema: {
        summary: 'Every flow of a specialty or over all, as sparse rows in binary, gzipped',
        description: 'Layout: server/core/flows/matrix-bytes.ts',
        params: Type.Object({ id: Id }),
        querystring: MatrixQuery,
        response: { 200: { type: 'string', format: 'binary' }, ...failures },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { specialty, run, created, units } = request.query;
      const { vintage, graph, answers } = region.loaded();
      const wanted = { dataset: id, specialty, run };
      const { gzipped, createdAt } = await packedMatrix(
        database().kysely,
        vintage.id,
        answers,
        wanted,
      );
      // An id alone does not name the content: another database has a dataset 1 too.
      // Nor does a dataset alone: its flows are between units, which may be divided otherwise.
      const kept = created === createdAt && (units ?? vintage.id) === graph.vintage;
      reply.header('cache-control', kept ? 'private, max-age=31536000, immutable' : 'no-cache');
      return sendPacked(request, reply, gzipped, 'application/octet-stream');
    },
  );
}
