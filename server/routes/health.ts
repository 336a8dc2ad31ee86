import { Health, HealthUnavailable } from '../contracts/health.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { unavailable } from '../usecases/region-state.ts';
import type { App, Dependencies } from './dependencies.ts';
import { open } from './rights.ts';

export function healthRoutes(app: App, { database, region, version }: Dependencies): void {
  app.get(
    '/api/health',
    {
      ...open,
      schema: {
        summary: 'What is loaded, from where; 503 with the reason while the first load runs',
        response: { 200: Health, 503: HealthUnavailable },
      },
    },
    async (request, reply) => {
      const phase = region.phase();
      if (phase.status !== 'ready') {
        const { code, message } = unavailable(phase);
        return reply.status(503).send({
          status: phase.status,
          version,
          step: phase.step,
          progress: phase.status === 'loading' ? phase.progress : 0,
          error: { code, message, requestId: request.id },
        });
      }
      const { engine, postgis, kysely } = database();
      const { vintage } = phase.region;
      const dataset = await flowDatasetRepository(kysely).latest(vintage.id);
      return {
        status: 'ok' as const,
        version,
        database: { engine, postgis },
        region: {
          code: vintage.region_code,
          name: vintage.region_name,
          units: vintage.units,
          population: vintage.population,
          source: vintage.source,
          sourceKind: vintage.source_kind,
          supplySource: vintage.supply_source ?? 'Aucune offre de soins chargée.',
          vintage: vintage.id,
          remarks: vintage.remarks.slice(0, 100),
          remarksTotal: vintage.remarks.length,
        },
        flowDataset: dataset ? { id: dataset.id, name: dataset.name, kind: dataset.kind } : null,
      };
    },
  );
}
