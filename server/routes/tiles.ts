import { Type } from '@fastify/type-provider-typebox';
import { DomainError } from '../errors.ts';
import { MAX_TILE_ZOOM } from '../workers/tile-protocol.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { ground } from './rights.ts';

const Address = Type.Object({
  vintage: Type.String({ maxLength: 80 }),
  z: Type.Integer({ minimum: 0, maximum: MAX_TILE_ZOOM }),
  x: Type.Integer({ minimum: 0, maximum: 2 ** MAX_TILE_ZOOM - 1 }),
  y: Type.Integer({ minimum: 0, maximum: 2 ** MAX_TILE_ZOOM - 1 }),
});

export function tileRoutes(app: App, { region }: Dependencies): void {
  app.get(
    '/api/tiles/:vintage/:z/:x/:y',
    {
      ...ground,
      schema: {
        summary: 'Vector tile with the layers units and borders; 204 where nothing is',
        params: Address,
        response: {
          200: { type: 'string', format: 'binary' },
          204: { type: 'null' },
          ...failures,
        },
      },
    },
    async ({ params: { vintage, z, x, y } }, reply) => {
      const { tiles, graph } = region.loaded();
      if (vintage !== graph.vintage) {
        throw new DomainError(
          'unknown_vintage',
          `Le millésime « ${vintage} » n’est pas celui qui est chargé (« ${graph.vintage} ») : rechargez la page.`,
        );
      }
      const tile = await tiles.tile(z, x, y);
      // The vintage names the content: what is at this address never changes.
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      if (!tile) return reply.status(204).send(null);
      return reply
        .type('application/vnd.mapbox-vector-tile')
        .header('content-encoding', 'gzip')
        .serializer((sent: unknown) => sent as string)
        .send(Buffer.from(tile));
    },
  );
}
