import { Worker } from 'node:worker_threads';

const bootstrap = new URL('./bootstrap.mjs', import.meta.url);

/** What a worker finds in `workerData`. */
export interface WorkerInput<T> {
  module: string;
  input: T;
}

/** Starts a TypeScript worker thread, whatever loader its parent runs under. */
export function startWorker<T>(url: URL, input: T): Worker {
  const workerData: WorkerInput<T> = { module: url.href, input };
  // No inherited flags: the parent's loader flags do not work in a thread of Node 20.
  return new Worker(bootstrap, { workerData, execArgv: [] });
}
