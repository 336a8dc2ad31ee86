import { parentPort, workerData } from 'node:worker_threads';
import { DomainError, type ErrorCode } from '../errors.ts';
import { startWorker, type WorkerInput } from './start-worker.ts';

type Message<O> =
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'result'; output: O }
  | { kind: 'failure'; code: ErrorCode | null; message: string; details: unknown };

/**
 * Runs one computation in a thread of its own and answers its result. `signal` stops the thread at
 * once. Failures keep their code and sentence.
 */
export function runTask<I, O>(
  module: URL,
  input: I,
  {
    onProgress = () => {},
    signal,
  }: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {},
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
      end();
      void worker.terminate();
      if (message.kind === 'result') return resolve(message.output);
      reject(
        message.code
          ? new DomainError(message.code, message.message, message.details)
          : new Error(message.message),
      );
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
export async function serveTask<I, O>(
  work: (input: I, onProgress: (done: number, total: number) => void) => O | Promise<O>,
): Promise<void> {
  const port = parentPort;
  if (!port) return;
  const { input } = workerData as WorkerInput<I>;
  const send = (message: Message<O>) => port.postMessage(message);
  try {
    const output = await work(input, (done, total) => send({ kind: 'progress', done, total }));
    send({ kind: 'result', output });
  } catch (error) {
    const { message, stack } = error as Error;
    send(
      error instanceof DomainError
        ? { kind: 'failure', code: error.code, message, details: error.details }
        : { kind: 'failure', code: null, message: stack ?? String(error), details: undefined },
    );
  }
}
