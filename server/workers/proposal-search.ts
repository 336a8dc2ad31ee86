import { type SearchJob, type SearchResult, search } from '../core/proposal/search.ts';
import { serveTask } from './task.ts';

/** Searches of one proposal, one after the other; progress in moves tried. */
await serveTask<SearchJob[], SearchResult[]>((jobs, onProgress) => {
  const all = jobs.reduce((sum, { trials }) => sum + trials, 0);
  let done = 0;
  return jobs.map((job) => {
    const result = search(
      job,
      () => performance.now(),
      (share) => onProgress(done + share * job.trials, all),
    );
    done += job.trials;
    return result;
  });
});
