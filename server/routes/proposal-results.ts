import { Type } from '@fastify/type-provider-typebox';
import { Id, UnitCode } from '../contracts/names.ts';
import {
  AdoptProposal,
  ProposalAdoption,
  UndoAdoption,
  UndoneAdoption,
} from '../contracts/proposal-adoptions.ts';
import { ProposalBound } from '../contracts/proposal-bounds.ts';
import { ProposalComparison, ProposalComparisonQuery } from '../contracts/proposal-comparisons.ts';
import { ProposalExplanation, UnitExplanation } from '../contracts/proposal-explanations.ts';
import { ImproveProposal, ProposalSummary } from '../contracts/proposals.ts';
import { leaderOf } from '../core/accounts/scope.ts';
import { adoptProposal } from '../usecases/adopt-proposal.ts';
import { compareProposals } from '../usecases/compare-proposals.ts';
import { proposalExplanations } from '../usecases/explain-proposal.ts';
import { improveProposal } from '../usecases/improve-proposal.ts';
import { proposalBounds } from '../usecases/proposal-bounds.ts';
import { undoAdoption } from '../usecases/undo-adoption.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { analyse, draw, keepsNothing, look, records } from './rights.ts';

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
      ...look,
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
      ...look,
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
      ...look,
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
      ...look,
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
      ...records(analyse, 'prove_bound'),
      schema: {
        summary: 'Begins to prove how much better is possible at most; nothing once it is known',
        params,
        response: { 202: ProposalBound, ...failures },
      },
    },
    async ({ params: { id }, actor }, reply) =>
      reply.status(202).send(await bounds.start(region.loaded().vintage.id, id, actor.name)),
  );

  app.delete(
    '/api/proposals/:id/bound',
    {
      ...keepsNothing(analyse, 'what it stops is recorded as `prove_bound`, signed by who began'),
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
      ...records(draw, 'create'),
      schema: {
        summary: 'Makes a draft CPTS of each territory named, or of all that are none yet',
        params,
        body: AdoptProposal,
        response: { 201: ProposalAdoption, ...failures },
      },
    },
    async ({ params: { id }, body, actor }, reply) => {
      const { vintage } = region.loaded();
      const made = await adoptProposal(
        database().kysely,
        vintage.id,
        id,
        body,
        actor.name,
        leaderOf(actor),
      );
      return reply.status(201).send(made);
    },
  );

  app.post(
    '/api/proposals/:id/adopt/undo',
    {
      ...records(draw, 'undo_adoption'),
      schema: {
        summary: 'Removes drafts that were made of territories and that nothing was done to since',
        params,
        body: UndoAdoption,
        response: { 200: UndoneAdoption, ...failures },
      },
    },
    async ({ params: { id }, body, actor }) =>
      undoAdoption(database().kysely, region.loaded().vintage.id, id, body, actor.name),
  );

  app.post(
    '/api/proposals/:id/improve',
    {
      ...records(analyse, 'start_run', 'end_run'),
      schema: {
        summary: 'Starts a run with the wishes of this one that holds what was touched by hand',
        params,
        body: ImproveProposal,
        response: { 202: ProposalSummary, ...failures },
      },
    },
    async ({ params: { id }, body, actor }, reply) => {
      const { vintage } = region.loaded();
      const run = await improveProposal(runs(), vintage.id, id, body, actor.name);
      return reply.status(202).send(run);
    },
  );
}
