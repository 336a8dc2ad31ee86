import { CalibrationWanted, FlowModelWanted, SupplySummary } from '../contracts/flow-models.ts';
import { FlowRunSummary } from '../contracts/flow-runs.ts';
import { startCalibration, startModel } from '../usecases/model-runs.ts';
import { readUnitSupply } from '../usecases/unit-supply.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { read, write } from './rights.ts';

export function flowModelRoutes(app: App, { database, region, flowRuns }: Dependencies): void {
  app.get(
    '/api/supply',
    {
      ...read,
      schema: {
        summary: 'Practitioners of each specialty that flows can be modelled from',
        response: { 200: SupplySummary, ...failures },
      },
    },
    async () => {
      const { vintage } = region.loaded();
      const { specialties } = await readUnitSupply(database().kysely, vintage.id);
      return {
        source: vintage.supply_source ?? '',
        specialties: specialties.map(({ key, label, supply }) => ({
          key,
          label,
          practitioners: supply.reduce((sum, count) => sum + count, 0),
          communes: supply.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0),
        })),
      };
    },
  );

  app.post(
    '/api/flow-models',
    {
      ...write,
      schema: {
        summary: 'Models flows from supply and distances; the run gives the dataset',
        body: FlowModelWanted,
        response: { 202: FlowRunSummary, ...failures },
      },
    },
    async ({ body }, reply) => {
      const { vintage } = region.loaded();
      return reply.status(202).send(await startModel(database().kysely, flowRuns(), vintage, body));
    },
  );

  app.post(
    '/api/calibrations',
    {
      ...write,
      schema: {
        summary: 'Fits the model on a dataset; the report of the run is a CalibrationReport',
        body: CalibrationWanted,
        response: { 202: FlowRunSummary, ...failures },
      },
    },
    async ({ body }, reply) => {
      const { vintage } = region.loaded();
      return reply
        .status(202)
        .send(await startCalibration(database().kysely, flowRuns(), vintage, body));
    },
  );
}
