import type { ProposalInput } from '../core/proposal/input.ts';
import { effortOf, type Outcome, proposal } from '../core/proposal/propose.ts';
import type { SearchJob, SearchResult } from '../core/proposal/search.ts';
import { runTask } from './task.ts';

const searcher = new URL('./proposal-search.ts', import.meta.url);

/**
 * `propose` with its searches on worker threads. How many threads there are changes how long it
 * takes, not the plan (unless the safety stop comes first).
 */
export async function proposeOnThreads(
  input: ProposalInput,
  { threads, signal }: { threads: number; signal?: AbortSignal },
): Promise<Outcome> {
  const { onProgress = () => {}, ...rest } = input;
  const steps = proposal(rest);
  const all = effortOf(input);
  let before = 0;
  let step = steps.next();
  while (!step.done) {
    const jobs = step.value;
    const doneBy = new Float64Array(threads);
    const found: SearchResult[] = [];
    await Promise.all(
      dealt(jobs, threads).map(async (share, thread) => {
        if (share.length === 0) return;
        const results = await runTask<SearchJob[], SearchResult[]>(
          searcher,
          share.map((at) => jobs[at]!),
          {
            ...(signal && { signal }),
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
