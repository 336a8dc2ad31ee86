import type { ProposalIndicators } from '../contracts/proposals.ts';
import { compactness } from '../core/indicators/compactness.ts';
import { wholeEpciShare } from '../core/indicators/epci-cuts.ts';
import type { Plan } from '../core/proposal/plan.ts';
import { refusalSentence } from '../core/proposal/refusal.ts';
import { type ProposalWishes, proposalInput } from '../core/proposal/wishes.ts';
import { DomainError } from '../errors.ts';
import { proposeOnThreads } from './propose-on-threads.ts';
import { serveTask } from './task.ts';

export interface ProposalTask {
  wishes: ProposalWishes;
  /** what each unit is called in a refusal */
  name: string[];
  areaKm2: number[];
  threads: number;
}

await serveTask<ProposalTask, Plan, ProposalIndicators>(
  async ({ wishes, name, areaKm2, threads }, onProgress, tell) => {
    const { input, graphs } = proposalInput(wishes);
    const outcome = await proposeOnThreads(
      { ...input, onProgress: (share) => onProgress(share, 1) },
      { threads, onBest: tell },
    );
    if ('refusal' in outcome) {
      throw new DomainError(
        'contradictory_wishes',
        refusalSentence(outcome.refusal, (unit) => name[unit] ?? ''),
      );
    }
    const { plan } = outcome;
    const { adjacency, outerM, epci } = graphs;
    const shape = compactness(adjacency, plan.label, plan.count, areaKm2, outerM);
    const known = shape.filter((one) => Number.isFinite(one));
    const mean = known.reduce((sum, one) => sum + one, 0) / (known.length || 1);
    const epciWhole = wholeEpciShare(epci, plan.label);
    return { ...plan, indicators: { ...plan.indicators, compactness: mean, epciWhole } };
  },
);
