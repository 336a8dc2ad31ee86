import { type InsideBound, insideBound } from '../core/proposal/bound/inside-bound.ts';
import { type ProposalWishes, proposalInput } from '../core/proposal/wishes.ts';
import { serveTask } from './task.ts';

/** Told each bound on the way: every one holds. */
await serveTask<ProposalWishes, InsideBound | null, InsideBound>((wishes, onProgress, tell) =>
  insideBound(proposalInput(wishes).input, (share, bound) => {
    onProgress(share, 1);
    tell(bound);
  }),
);
