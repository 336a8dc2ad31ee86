import { type SearchJob, type SearchResult, search } from '../core/proposal/search.ts';
import { NEWS_MS, type SearchNews } from './search-news.ts';
import { serveTask } from './task.ts';

/** Searches of one proposal, one after the other; progress in moves tried. */
await serveTask<SearchJob[], SearchResult[], SearchNews>((jobs, onProgress, tell) => {
  const all = jobs.reduce((sum, { trials }) => sum + trials, 0);
  let done = 0;
  let told = performance.now();
  return jobs.map((job, k) => {
    const result = search(
      job,
      () => performance.now(),
      (share, best) => {
        onProgress(done + share * job.trials, all);
        if (!best || performance.now() - told < NEWS_MS) return;
        told = performance.now();
        tell({ job: k, label: best.slice() });
      },
    );
    done += job.trials;
    return result;
  });
});
