import { Type } from '@fastify/type-provider-typebox';
import { Id } from '../contracts/names.ts';
import { Paging } from '../contracts/paging.ts';
import {
  Proposal,
  ProposalPage,
  ProposalParameters,
  ProposalSummary,
} from '../contracts/proposals.ts';
import { proposalRepository } from '../db/repositories/proposals.ts';
import { DomainError } from '../errors.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { read, write } from './rights.ts';

const params = Type.Object({ id: Id });

export function proposalRoutes(app: App, { database, region, runs }: Dependencies): void {
  /** The share done of a run under way is in memory, not in the database. */
  const live = <T extends ProposalSummary>(summary: T): T =>
    summary.status === 'running'
      ? { ...summary, progress: runs().progress(summary.id) ?? summary.progress }
      : summary;

  app.get(
    '/api/proposals',
    {
      ...read,
      schema: {
        summary: 'Proposal runs of the loaded region, the latest first',
        querystring: Paging,
        response: { 200: ProposalPage, ...failures },
      },
    },
    async ({ query: { limit, offset } }) => {
      const { vintage } = region.loaded();
      const page = await proposalRepository(database().kysely).list(vintage.id, limit, offset);
      return { ...page, items: page.items.map(live), limit, offset };
    },
  );

  app.post(
    '/api/proposals',
    {
      ...write,
      schema: {
        summary: 'Starts a proposal of territories',
        body: ProposalParameters,
        response: { 202: ProposalSummary, ...failures },
      },
    },
    async ({ body }, reply) => {
      const { vintage } = region.loaded();
      return reply.status(202).send(await runs().start(vintage.id, body));
    },
  );

  app.get(
    '/api/proposals/:id',
    {
      ...read,
      schema: {
        summary: 'A proposal run with its territories once done',
        params,
        response: { 200: Proposal, ...failures },
      },
    },
    async ({ params: { id } }) => {
      const { vintage } = region.loaded();
      const proposal = await proposalRepository(database().kysely).byId(vintage.id, id);
      if (proposal) return live(proposal);
      throw new DomainError(
        'unknown_proposal',
        `La proposition ${id} n’existe pas : la liste est à l’adresse /api/proposals.`,
      );
    },
  );

  app.post(
    '/api/proposals/:id/cancel',
    {
      ...write,
      schema: {
        summary: 'Stops a proposal run',
        params,
        response: { 200: ProposalSummary, ...failures },
      },
    },
    async ({ params: { id } }) => {
      return runs().cancel(region.loaded().vintage.id, id);
    },
  );
}
