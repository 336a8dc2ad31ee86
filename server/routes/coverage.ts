import { Coverage, CoverageQuery } from '../contracts/coverage.ts';
import { regionCoverage } from '../usecases/coverage/region-coverage.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { look } from './rights.ts';

export function coverageRoutes(app: App, { database, region }: Dependencies): void {
  app.get(
    '/api/coverage',
    {
      ...look,
      schema: {
        summary: 'How open CPTS cover the region, and the ground that none holds',
        querystring: CoverageQuery,
        response: { 200: Coverage, ...failures },
      },
    },
    async ({ query }) => regionCoverage(database().kysely, region.loaded(), query),
  );
}
