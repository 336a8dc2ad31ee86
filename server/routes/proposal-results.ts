import { Type } from '@fastify/type-provider-typebox';
import { Id, UnitCode } from '../contracts/names.ts';
import { AdoptProposal, ProposalAdoption } from '../contracts/proposal-adoptions.ts';
import { ProposalBound } from '../contracts/proposal-bounds.ts';
import { ProposalComparison, ProposalComparisonQuery } from '../contracts/proposal-comparisons.ts';
import { ProposalExplanation, UnitExplanation } from '../contracts/proposal-explanations.ts';
import { ImproveProposal, ProposalSummary } from '../contracts/proposals.ts';
import { adoptProposal } from '../usecases/adopt-proposal.ts';
import { compareProposals } from '../usecases/compare-proposals.ts';
import { proposalExplanations } from '../usecases/explain-proposal.ts';
import { improveProposal } from '../usecases/improve-proposal.ts';
import { proposalBounds } from '../usecases/proposal-bounds.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { LOCAL_ACTOR, read, write } from './rights.ts';

const params = Type.Object({ id: Id });

/** What is done with the territories of a finished run. */
export function proposalResultRoutes(app: App, { database, region, runs }: Dependencies): void {
  const explanations = proposalExplanations(() => database().kysely);
  const bounds = proposalBounds(
    () => database().kysely,
    (error) => app.log.error(error),
  );
  app.addHook('onClose', () => bounds.close());

  app.get(
    '/api/proposals/:id/comparison',
    {
      ...read,
      schema: {
        summary: 'Two runs side by side, and the communes that change side',
        params,
        querystring: ProposalComparisonQuery,
        response: { 200: ProposalComparison, ...failures },
      },
    },
    async ({ params: { id }, query }) => {
      const { vintage } = region.loaded();
      return compareProposals(database().kysely, vintage.id, id, query.with);
    },
  );

  app.get(
    '/api/proposals/:id/explanation',
    {
      ...read,
      schema: {
        summary: 'Why each territory is as it is: its figures, its leaks, what holds it back',
        params,
        response: { 200: ProposalExplanation, ...failures },
      },
    },
    async ({ params: { id } }) => explanations.territories(region.loaded().vintage.id, id),
  );

  app.get(
    '/api/proposals/:id/units/:code',
    {
      ...read,
      schema: {
        summary: 'What it would change to put a commune into each territory beside its own',
        params: Type.Object({ id: Id, code: UnitCode }),
        response: { 200: UnitExplanation, ...failures },
      },
    },
    async ({ params: { id, code } }) => explanations.unit(region.loaded().vintage.id, id, code),
  );

  app.get(
    '/api/proposals/:id/bound',
    {
      ...read,
      schema: {
        summary: 'At most how much better is possible, as far as it is known',
        params,
        response: { 200: ProposalBound, ...failures },
      },
    },
    async ({ params: { id } }) => bounds.read(region.loaded().vintage.id, id),
  );

  app.post(
    '/api/proposals/:id/bound',
    {
      ...write,
      schema: {
        summary: 'Begins to prove how much better is possible at most; nothing once it is known',
        params,
        response: { 202: ProposalBound, ...failures },
      },
    },
    async ({ params: { id } }, reply) =>
      reply.status(202).send(await bounds.start(region.loaded().vintage.id, id)),
  );

  app.delete(
    '/api/proposals/:id/bound',
    {
      ...write,
      schema: {
        summary: 'Stops the proof; the bound reached so far holds, and is kept',
        params,
        response: { 200: ProposalBound, ...failures },
      },
    },
    async ({ params: { id } }) => bounds.stop(region.loaded().vintage.id, id),
  );

  app.post(
    '/api/proposals/:id/adopt',
    {
      ...write,
      schema: {
        summary: 'Makes a draft CPTS of each territory named, or of all that are none yet',
        params,
        body: AdoptProposal,
        response: { 201: ProposalAdoption, ...failures },
      },
    },
    async ({ params: { id }, body }, reply) => {
      const { vintage } = region.loaded();
      const made = await adoptProposal(database().kysely, vintage.id, id, body, LOCAL_ACTOR);
      return reply.status(201).send(made);
    },
  );

  app.post(
    '/api/proposals/:id/improve',
    {
      ...write,
      schema: {
        summary: 'Starts a run with the wishes of this one that holds what was touched by hand',
        params,
        body: ImproveProposal,
        response: { 202: ProposalSummary, ...failures },
      },
    },
    async ({ params: { id }, body }, reply) => {
      const { vintage } = region.loaded();
      return reply.status(202).send(await improveProposal(runs(), vintage.id, id, body));
    },
  );
}
