import { Type } from '@fastify/type-provider-typebox';
import { MatrixQuery } from '../contracts/flow-datasets.ts';
import { Id } from '../contracts/names.ts';
import { packedMatrix } from '../usecases/flow-matrix.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { read } from './rights.ts';

export function flowMatrixRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/flow-datasets/:id/matrix',
    {
      ...read,
      schema: {
        summary: 'Every flow of a specialty or over all, as sparse rows in binary, gzipped',
        description: 'Layout: server/core/flows/matrix-bytes.ts',
        params: Type.Object({ id: Id }),
        querystring: MatrixQuery,
        response: { 200: { type: 'string', format: 'binary' }, ...failures },
      },
    },
    async ({ params: { id }, query: { specialty, run, created, units } }, reply) => {
      const { vintage, graph } = region.loaded();
      const { gzipped, createdAt } = await packedMatrix(database().kysely, vintage.id, {
        dataset: id,
        specialty,
        run,
      });
      // An id alone does not name the content: another database has a dataset 1 too.
      // Nor does a dataset alone: its flows are between units, which may be divided otherwise.
      const kept = created === createdAt && (units ?? vintage.id) === graph.vintage;
      reply.header('cache-control', kept ? 'private, max-age=31536000, immutable' : 'no-cache');
      return reply
        .type('application/octet-stream')
        .header('content-encoding', 'gzip')
        .serializer((sent: unknown) => sent as string)
        .send(Buffer.from(gzipped));
    },
  );
}
