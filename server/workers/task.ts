import { parentPort, workerData } from 'node:worker_threads';
import { DomainError, type ErrorCode } from '../errors.ts';
import { startWorker, type WorkerInput } from './start-worker.ts';

/** An error on its way between threads, which would lose its class. */
export interface Failure {
  kind: 'failure';
  code: ErrorCode | null;
  message: string;
  details: unknown;
}

type Message<O> =
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'news'; news: unknown }
  | { kind: 'result'; output: O }
  | Failure;

export function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) {
    const { code, message, details } = error;
    return { kind: 'failure', code, message, details };
  }
  const { message, stack } = error as Error;
  return { kind: 'failure', code: null, message: stack ?? message, details: undefined };
}

export function errorOf({ code, message, details }: Failure): Error {
  return code ? new DomainError(code, message, details) : new Error(message);
}

/**
 * Runs one computation in a thread of its own and answers its result. `signal` stops the thread at
 * once. Failures keep their code and sentence.
 */
export function runTask<I, O, N = never>(
  module: URL,
  input: I,
  {
    onProgress = () => {},
    onNews = () => {},
    signal,
  }: {
    onProgress?: (done: number, total: number) => void;
    /** told what the work finds on its way */
    onNews?: (news: N) => void;
    signal?: AbortSignal;
  } = {},
): Promise<O> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const worker = startWorker(module, input);
    const stop = () => {
      void worker.terminate();
      reject(signal?.reason);
    };
    const end = () => signal?.removeEventListener('abort', stop);
    signal?.addEventListener('abort', stop, { once: true });

    worker.on('message', (message: Message<O>) => {
      if (message.kind === 'progress') return onProgress(message.done, message.total);
      if (message.kind === 'news') return onNews(message.news as N);
      end();
      void worker.terminate();
      if (message.kind === 'result') return resolve(message.output);
      reject(errorOf(message));
    });
    worker.on('error', (error) => {
      end();
      reject(error);
    });
    worker.on('exit', () => {
      end();
      reject(new Error(`the worker ${module.pathname} ended without a result`));
    });
  });
}

/** The other side of `runTask`: a worker module calls it once. */
export async function serveTask<I, O, N = never>(
  work: (
    input: I,
    onProgress: (done: number, total: number) => void,
    tell: (news: N) => void,
  ) => O | Promise<O>,
): Promise<void> {
  const port = parentPort;
  if (!port) return;
  const { input } = workerData as WorkerInput<I>;
  const send = (message: Message<O>) => port.postMessage(message);
  try {
    const output = await work(
      input,
      (done, total) => send({ kind: 'progress', done, total }),
      (news) => send({ kind: 'news', news }),
    );
    send({ kind: 'result', output });
  } catch (error) {
    send(failureOf(error));
  }
}
