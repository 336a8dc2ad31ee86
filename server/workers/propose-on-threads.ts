import type { ProposalIndicators } from '../contracts/proposals.ts';
import type { ProposalInput } from '../core/proposal/input.ts';
import { type Outcome, proposal } from '../core/proposal/propose.ts';
import { effortOf } from '../core/proposal/rounds.ts';
import { type SearchJob, type SearchResult, search } from '../core/proposal/search.ts';
import { NEWS_MS, type SearchNews } from './search-news.ts';
import { startTask, type TaskThread } from './task.ts';

/** A thread that searches, one round of a proposal after the other. */
export type Searcher = TaskThread<SearchJob[], SearchResult[], SearchNews>;

export const startSearcher = (): Searcher =>
  startTask(new URL('./proposal-search.ts', import.meta.url));

/** Moves that take less time to try than threads to start. */
const FEW_TRIALS = 1_000_000;

interface OnThreads {
  /** threads that search */
  threads: number;
  signal?: AbortSignal;
  /** told the figures of the best plan so far, from the first division on */
  onBest?: (best: ProposalIndicators) => void;
  /**
   * threads started ahead, one less than `threads`: the thread that asks then searches too, and does not
   * hear of the others meanwhile
   */
  ahead?: readonly Searcher[];
}

/**
 * `propose` with its searches on worker threads. How many threads there are changes how long it
 * takes, not the plan (unless the safety stop comes first).
 */
export async function proposeOnThreads(
  input: ProposalInput,
  { threads, signal, onBest, ahead }: OnThreads,
): Promise<Outcome> {
  signal?.throwIfAborted();
  const { onProgress = () => {}, ...rest } = input;
  const all = effortOf(input);
  const few = all <= FEW_TRIALS;
  const started = few || ahead ? [] : Array.from({ length: threads }, startSearcher);
  const searchers = few ? [] : (ahead ?? started);
  const stop = () => {
    for (const one of started) one.close(signal?.reason);
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await onSearchers();
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }

  async function onSearchers(): Promise<Outcome> {
    let before = 0;
    const steps = proposal(rest, () => onProgress(Math.min(1, before / all)));
    // A plan is measured only where someone is told.
    const tell = onBest && bestOnly(onBest);
    let step = steps.next();
    while (!step.done) {
      const { jobs, planWith } = step.value;
      if (jobs[0]) tell?.(planWith(0, jobs[0].label).indicators);
      const here = few || ahead ? 1 : 0;
      const shares = dealt(jobs, searchers.length + here);
      const doneBy = new Float64Array(shares.length);
      const advance = (thread: number, done: number) => {
        doneBy[thread] = done;
        onProgress(Math.min(1, (before + doneBy.reduce((sum, d) => sum + d, 0)) / all));
      };
      const found: SearchResult[] = [];
      const elsewhere = searchers.map(async (searcher, thread) => {
        const share = shares[thread]!;
        if (share.length === 0) return;
        const results = await searcher.run(
          share.map((at) => jobs[at]!),
          {
            onNews: ({ job, label }) => tell?.(planWith(share[job]!, label).indicators),
            onProgress: (done) => advance(thread, done),
          },
        );
        share.forEach((at, k) => {
          found[at] = results[k]!;
        });
      });
      let done = 0;
      for (const at of shares[searchers.length] ?? []) {
        const job = jobs[at]!;
        let told = performance.now();
        found[at] = search(
          job,
          () => performance.now(),
          (share, label) => {
            advance(searchers.length, done + share * job.trials);
            if (!label || performance.now() - told < NEWS_MS) return;
            told = performance.now();
            tell?.(planWith(at, label.slice()).indicators);
          },
        );
        done += job.trials;
      }
      await Promise.all(elsewhere);
      before += jobs.reduce((sum, { trials }) => sum + trials, 0);
      step = steps.next(found);
    }
    onProgress(1);
    return step.value;
  }
}

/** Passes on what is better than all before: nearer to the band, then more inside. */
function bestOnly(onBest: (best: ProposalIndicators) => void) {
  let band = -1;
  let inside = -1;
  return (one: ProposalIndicators) => {
    if (one.inBandShare < band || (one.inBandShare === band && one.inside <= inside)) return;
    ({ inBandShare: band, inside } = one);
    onBest(one);
  };
}

/** Which jobs each thread does: the longest first, each to the thread with least to do. */
function dealt(jobs: readonly SearchJob[], threads: number): number[][] {
  const share: number[][] = Array.from({ length: threads }, () => []);
  const load = new Float64Array(threads);
  const order = [...jobs.keys()].sort((p, q) => jobs[q]!.trials - jobs[p]!.trials || p - q);
  for (const at of order) {
    const least = load.indexOf(Math.min(...load));
    share[least]!.push(at);
    load[least]! += jobs[at]!.trials;
  }
  return share;
}
