import type {
  AdoptProposal,
  ProposalAdoption,
  UndoAdoption,
  UndoneAdoption,
} from '../../../server/contracts/proposal-adoptions.ts';
import type { ProposalBound } from '../../../server/contracts/proposal-bounds.ts';
import type { ProposalComparison } from '../../../server/contracts/proposal-comparisons.ts';
import type {
  ProposalExplanation,
  UnitExplanation,
} from '../../../server/contracts/proposal-explanations.ts';
import type {
  ImproveProposal,
  Proposal,
  ProposalPage,
  ProposalParameters,
  ProposalSummary,
} from '../../../server/contracts/proposals.ts';
import { allItems, call } from './client.ts';
import { followEvents, type Lost } from './run-events.ts';

export const fetchProposals = (signal?: AbortSignal) =>
  allItems<ProposalPage>('/api/proposals', signal);

export const fetchProposal = (id: number, signal?: AbortSignal) =>
  call<Proposal>(`/api/proposals/${id}`, signal ? { signal } : {});

export const startProposal = (parameters: Partial<ProposalParameters>) =>
  call<ProposalSummary>('/api/proposals', { method: 'POST', body: parameters });

export const cancelProposal = (id: number) =>
  call<ProposalSummary>(`/api/proposals/${id}/cancel`, { method: 'POST' });

/** Removes a run that is over; CPTS made of its territories stay. */
export const removeProposal = (id: number) =>
  call<void>(`/api/proposals/${id}`, { method: 'DELETE' });

export const followProposal = (
  id: number,
  onState: (run: ProposalSummary) => void,
  onLost: (lost: Lost | null) => void,
) => followEvents<ProposalSummary>(`/api/proposals/${id}/events`, onState, onLost);

/** A new run with the wishes of this one, what was touched held. */
export const improveProposal = (id: number, held: Partial<ImproveProposal>) =>
  call<ProposalSummary>(`/api/proposals/${id}/improve`, { method: 'POST', body: held });

export const adoptProposal = (id: number, which: AdoptProposal) =>
  call<ProposalAdoption>(`/api/proposals/${id}/adopt`, { method: 'POST', body: which });

/** Removes drafts made of its territories that nothing was done to since. */
export const undoAdoption = (id: number, which: UndoAdoption) =>
  call<UndoneAdoption>(`/api/proposals/${id}/adopt/undo`, { method: 'POST', body: which });

export const fetchExplanation = (id: number, signal: AbortSignal) =>
  call<ProposalExplanation>(`/api/proposals/${id}/explanation`, { signal });

export const fetchUnitExplanation = (id: number, code: string, signal: AbortSignal) =>
  call<UnitExplanation>(`/api/proposals/${id}/units/${code}`, { signal });

/** How much better is possible at most: known so far, begun, stopped. */
export const fetchBound = (id: number, signal?: AbortSignal) =>
  call<ProposalBound>(`/api/proposals/${id}/bound`, signal ? { signal } : {});

export const startBound = (id: number) =>
  call<ProposalBound>(`/api/proposals/${id}/bound`, { method: 'POST' });

export const stopBound = (id: number) =>
  call<ProposalBound>(`/api/proposals/${id}/bound`, { method: 'DELETE' });

/** What changes from one run to another. */
export const fetchProposalComparison = (id: number, other: number, signal: AbortSignal) =>
  call<ProposalComparison>(`/api/proposals/${id}/comparison`, { query: { with: other }, signal });
