import { UploadQuery } from '../contracts/flow-imports.ts';
import {
  CalibrationWanted,
  FlowModelWanted,
  SupplySummary,
  TravelTimesUpload,
} from '../contracts/flow-models.ts';
import { FlowRunSummary } from '../contracts/flow-runs.ts';
import { startCalibration, startModel } from '../usecases/model-runs.ts';
import { inspectTravelTimes } from '../usecases/travel-uploads.ts';
import { readUnitSupply } from '../usecases/unit-supply.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { analyse, keepsNothing, look, records } from './rights.ts';
import { receiveUpload } from './upload-body.ts';

export function flowModelRoutes(app: App, deps: Dependencies): void {
  const { database, region } = deps;
  const services = () => ({
    flowRuns: deps.flowRuns(),
    uploads: deps.uploads(),
    passages: deps.passages(),
  });

  app.get(
    '/api/supply',
    {
      ...look,
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
    '/api/travel-times',
    {
      ...keepsNothing(analyse, 'a file waits for a run, two hours at most'),
      schema: {
        summary:
          'Sends a table of travel times (origin, destination, minutes; application/octet-stream)',
        consumes: ['application/octet-stream'],
        querystring: UploadQuery,
        response: { 201: TravelTimesUpload, ...failures },
      },
    },
    async (request, reply) => {
      const { vintage } = region.loaded();
      const { uploads, passages } = services();
      return receiveUpload(request, uploads, async (upload) =>
        reply
          .status(201)
          .send(await inspectTravelTimes(database().kysely, vintage.id, upload, passages)),
      );
    },
  );

  app.post(
    '/api/flow-models',
    {
      ...records(analyse, 'start_run', 'model_flows', 'end_run'),
      schema: {
        summary: 'Models flows from supply and distances; the run gives the dataset',
        body: FlowModelWanted,
        response: { 202: FlowRunSummary, ...failures },
      },
    },
    async ({ body, actor }, reply) => {
      const { vintage } = region.loaded();
      const run = await startModel(database().kysely, services(), vintage, body, actor.name);
      return reply.status(202).send(run);
    },
  );

  app.post(
    '/api/calibrations',
    {
      ...records(analyse, 'start_run', 'end_run'),
      schema: {
        summary: 'Fits the model on a dataset; the report of the run is a CalibrationReport',
        body: CalibrationWanted,
        response: { 202: FlowRunSummary, ...failures },
      },
    },
    async ({ body, actor }, reply) => {
      const { vintage } = region.loaded();
      const { kysely } = database();
      const run = await startCalibration(kysely, services(), vintage, body, actor.name);
      return reply.status(202).send(run);
    },
  );
}
