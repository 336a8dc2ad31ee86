import type { ProposalIndicators } from '../contracts/proposals.ts';
import type { ProposalInput } from '../core/proposal/input.ts';
import { type Outcome, proposal } from '../core/proposal/propose.ts';
import { effortOf } from '../core/proposal/rounds.ts';
import { type SearchJob, type SearchResult, search } from '../core/proposal/search.ts';
import { NEWS_MS, type SearchNews } from './search-news.ts';
import { runTask } from './task.ts';

const searcher = new URL('./proposal-search.ts', import.meta.url);

/** Moves that take less time to try than threads to start. */
const FEW_TRIALS = 1_000_000;

/**
 * `propose` with its searches on worker threads. How many threads there are changes how long it
 * takes, not the plan (unless the safety stop comes first).
 *
 * @param onBest told the figures of the best plan so far, from the first division on
 */
export async function proposeOnThreads(
  input: ProposalInput,
  {
    threads,
    signal,
    onBest = () => {},
  }: { threads: number; signal?: AbortSignal; onBest?: (best: ProposalIndicators) => void },
): Promise<Outcome> {
  const { onProgress = () => {}, ...rest } = input;
  const all = effortOf(input);
  let before = 0;
  const steps = proposal(rest, () => onProgress(Math.min(1, before / all)));
  const tell = bestOnly(onBest);
  let step = steps.next();
  while (!step.done) {
    const { jobs, planWith } = step.value;
    if (jobs[0]) tell(planWith(0, jobs[0].label).indicators);
    if (all <= FEW_TRIALS) {
      step = steps.next(
        jobs.map((job, at) => {
          let told = performance.now();
          const result = search(
            job,
            () => performance.now(),
            (share, label) => {
              onProgress(Math.min(1, (before + share * job.trials) / all));
              if (!label || performance.now() - told < NEWS_MS) return;
              told = performance.now();
              tell(planWith(at, label.slice()).indicators);
            },
          );
          before += job.trials;
          return result;
        }),
      );
      continue;
    }
    const doneBy = new Float64Array(threads);
    const found: SearchResult[] = [];
    await Promise.all(
      dealt(jobs, threads).map(async (share, thread) => {
        if (share.length === 0) return;
        const results = await runTask<SearchJob[], SearchResult[], SearchNews>(
          searcher,
          share.map((at) => jobs[at]!),
          {
            ...(signal && { signal }),
            onNews: ({ job, label }) => tell(planWith(share[job]!, label).indicators),
            onProgress: (done) => {
              doneBy[thread] = done;
              onProgress(Math.min(1, (before + doneBy.reduce((sum, d) => sum + d, 0)) / all));
            },
          },
        );
        share.forEach((at, k) => {
          found[at] = results[k]!;
        });
      }),
    );
    before += jobs.reduce((sum, { trials }) => sum + trials, 0);
    step = steps.next(found);
  }
  onProgress(1);
  return step.value;
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
