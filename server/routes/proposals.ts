import { Type } from '@fastify/type-provider-typebox';
import { Id } from '../contracts/names.ts';
import { Paging } from '../contracts/paging.ts';
import {
  Proposal,
  ProposalPage,
  ProposalParameters,
  ProposalSummary,
} from '../contracts/proposals.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { eventStreams } from './event-stream.ts';
import { analyse, look, records } from './rights.ts';

const params = Type.Object({ id: Id });

export function proposalRoutes(app: App, { region, runs }: Dependencies): void {
  const streamEvents = eventStreams(app);

  app.get(
    '/api/proposals',
    {
      ...look,
      schema: {
        summary: 'Proposal runs of the loaded region, the latest first',
        querystring: Paging,
        response: { 200: ProposalPage, ...failures },
      },
    },
    async ({ query: { limit, offset } }) => {
      const { vintage } = region.loaded();
      return { ...(await runs().list(vintage.id, limit, offset)), limit, offset };
    },
  );

  app.post(
    '/api/proposals',
    {
      ...records(analyse, 'start_run', 'end_run'),
      schema: {
        summary: 'Starts a proposal of territories',
        body: ProposalParameters,
        response: { 202: ProposalSummary, ...failures },
      },
    },
    async ({ body, actor }, reply) => {
      const { vintage } = region.loaded();
      return reply.status(202).send(await runs().start(vintage.id, body, actor.name));
    },
  );

  app.get(
    '/api/proposals/:id',
    {
      ...look,
      schema: {
        summary: 'A proposal run with its territories once done',
        params,
        response: { 200: Proposal, ...failures },
      },
    },
    async ({ params: { id } }) => runs().run(region.loaded().vintage.id, id),
  );

  app.get(
    '/api/proposals/:id/events',
    {
      ...look,
      schema: {
        summary:
          'Server-sent events: the run (ProposalSummary) with its best figures, at once and at each change, until it is over',
        params,
        produces: ['text/event-stream'],
        response: { ...failures },
      },
    },
    async ({ params: { id } }, reply) => {
      const vintage = region.loaded().vintage.id;
      // Told as an answer, not in the stream.
      await runs().summary(vintage, id);
      const stream = streamEvents(reply, {
        read: () => runs().summary(vintage, id),
        isOver: ({ status }) => status !== 'queued' && status !== 'running',
        watch: (changed) => runs().watch(id, changed),
      });
      return reply.send(stream);
    },
  );

  app.delete(
    '/api/proposals/:id',
    {
      ...records(analyse, 'remove_run'),
      schema: {
        summary: 'Removes a run that is over; CPTS made of its territories stay',
        params,
        response: { 204: Type.Null(), ...failures },
      },
    },
    async ({ params: { id }, actor }, reply) => {
      await runs().remove(region.loaded().vintage.id, id, actor.name);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/proposals/:id/cancel',
    {
      ...records(analyse, 'cancel_run'),
      schema: {
        summary: 'Stops a proposal run',
        params,
        response: { 200: ProposalSummary, ...failures },
      },
    },
    async ({ params: { id }, actor }) => {
      return runs().cancel(region.loaded().vintage.id, id, actor.name);
    },
  );
}
