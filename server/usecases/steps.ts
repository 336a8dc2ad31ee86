/** Told as a long work goes through its steps; every text is French. */
export interface StepWatcher {
  begin(step: string): void;
  /** share of the step done, 0 to 1 */
  progress(share: number): void;
  end(step: string, summary: string, seconds: number): void;
}

/** Runs one step under a watcher; `work` answers its result and the line that sums it up. */
export async function runStep<T>(
  watcher: StepWatcher,
  step: string,
  work: (onProgress: (done: number, total: number) => void) => Promise<[T, string]>,
): Promise<T> {
  const start = performance.now();
  watcher.begin(step);
  const [result, summary] = await work((done, total) =>
    watcher.progress(total > 0 ? done / total : 0),
  );
  watcher.end(step, summary, (performance.now() - start) / 1000);
  return result;
}
