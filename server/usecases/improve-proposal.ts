import type { ImproveProposal, ProposalSummary } from '../contracts/proposals.ts';
import type { ProposalRuns } from './proposal-runs.ts';

/**
 * Starts a run with the wishes of a finished one, in which what was touched by hand is held (see
 * `server/core/proposal/around-changes.ts`).
 *
 * @throws DomainError as `ProposalRuns.start`; `unknown_proposal`
 */
export async function improveProposal(
  runs: ProposalRuns,
  vintage: string,
  id: number,
  { effort, seed, ...touched }: ImproveProposal,
  actor: string,
): Promise<ProposalSummary> {
  const { parameters } = await runs.summary(vintage, id);
  const wanted = {
    ...parameters,
    ...(effort && { effort }),
    ...(seed !== undefined && { seed }),
    improves: { proposal: id, ...touched },
  };
  return runs.start(vintage, wanted, actor);
}
