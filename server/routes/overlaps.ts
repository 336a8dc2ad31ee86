import { OverlapPage } from '../contracts/overlaps.ts';
import { Paging } from '../contracts/paging.ts';
import { overlapRepository } from '../db/repositories/overlaps.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { read } from './rights.ts';

export function overlapRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/overlaps',
    {
      ...read,
      schema: {
        summary:
          'Pairs of open CPTS that share units of the loaded region, most shared inhabitants first',
        querystring: Paging,
        response: { 200: OverlapPage, ...failures },
      },
    },
    async ({ query: { limit, offset } }) => {
      const { vintage } = region.loaded();
      const page = await overlapRepository(database().kysely).list(vintage.id, limit, offset);
      return { ...page, limit, offset };
    },
  );
}
