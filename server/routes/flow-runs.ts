import { Type } from '@fastify/type-provider-typebox';
import { FlowRun, FlowRunPage, FlowRunSummary } from '../contracts/flow-runs.ts';
import { Id } from '../contracts/names.ts';
import { Paging } from '../contracts/paging.ts';
import { briefRun } from './brief-report.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { eventStreams } from './event-stream.ts';
import { analyse, look, records } from './rights.ts';

const params = Type.Object({ id: Id });

export function flowRunRoutes(app: App, { region, flowRuns }: Dependencies): void {
  const streamEvents = eventStreams(app);

  app.get(
    '/api/flow-runs',
    {
      ...look,
      schema: {
        summary: 'Imports and models of flows of the loaded region, the latest first',
        querystring: Paging,
        response: { 200: FlowRunPage, ...failures },
      },
    },
    async ({ query: { limit, offset } }) => {
      const page = await flowRuns().list(region.loaded().vintage.id, limit, offset);
      return { ...page, limit, offset };
    },
  );

  app.get(
    '/api/flow-runs/:id',
    {
      ...look,
      schema: {
        summary: 'An import or a model of flows, with its report once over',
        params,
        response: { 200: FlowRun, ...failures },
      },
    },
    async ({ params: { id } }) => briefRun(await flowRuns().run(region.loaded().vintage.id, id)),
  );

  app.get(
    '/api/flow-runs/:id/events',
    {
      ...look,
      schema: {
        summary: 'Server-sent events: the run whole, at once and at each change, until it is over',
        params,
        produces: ['text/event-stream'],
        response: { ...failures },
      },
    },
    async ({ params: { id } }, reply) => {
      const vintage = region.loaded().vintage.id;
      // Told as an answer, not in the stream.
      await flowRuns().run(vintage, id);
      const stream = streamEvents(reply, {
        read: async () => briefRun(await flowRuns().run(vintage, id)),
        isOver: ({ status }) => status !== 'queued' && status !== 'running',
        watch: (changed) => flowRuns().watch(id, changed),
      });
      return reply.send(stream);
    },
  );

  app.post(
    '/api/flow-runs/:id/cancel',
    {
      ...records(analyse, 'cancel_run'),
      schema: {
        summary: 'Stops an import or a model of flows; its end is told by the run',
        params,
        response: { 200: FlowRunSummary, ...failures },
      },
    },
    async ({ params: { id }, actor }) =>
      flowRuns().cancel(region.loaded().vintage.id, id, actor.name),
  );
}
