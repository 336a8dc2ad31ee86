import { on } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { DomainError, type ErrorCode } from '../errors.ts';
import { startWorker } from './start-worker.ts';

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

/** What a computation is followed with. */
export interface Told<N> {
  onProgress?: (done: number, total: number) => void;
  /** told what the work finds on its way */
  onNews?: (news: N) => void;
}

/** A thread that computes for one question after the other. */
export interface TaskThread<I, O, N = never> {
  /** Failures keep their code and sentence. One question at a time. */
  run(input: I, told?: Told<N>): Promise<O>;
  /** Stops it at once; what it was asked, or is asked later, fails for this reason. */
  close(reason?: unknown): void;
}

/** Starts the thread of a module that calls `serveTask`; it takes questions before it is ready. */
export function startTask<I, O, N = never>(module: URL): TaskThread<I, O, N> {
  const worker = startWorker(module, null);
  let ended: { reason: unknown } | null = null;
  let asked: (Told<N> & { resolve(output: O): void; reject(reason: unknown): void }) | null = null;

  function end(reason: unknown): void {
    ended ??= { reason };
    asked?.reject(ended.reason);
    asked = null;
  }

  worker.on('message', (message: Message<O>) => {
    if (message.kind === 'progress') return asked?.onProgress?.(message.done, message.total);
    if (message.kind === 'news') return asked?.onNews?.(message.news as N);
    const { resolve, reject } = asked ?? {};
    asked = null;
    if (message.kind === 'result') return resolve?.(message.output);
    reject?.(errorOf(message));
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error(`the worker ${module.pathname} ended without a result`)));

  return {
    run: (input, told = {}) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended.reason);
        asked = { ...told, resolve, reject };
        worker.postMessage(input);
      }),
    close(reason = new Error(`the worker ${module.pathname} was closed`)) {
      end(reason);
      void worker.terminate();
    },
  };
}

/**
 * Runs one computation in a thread of its own and answers its result. `signal` stops the thread at
 * once. Failures keep their code and sentence.
 */
export async function runTask<I, O, N = never>(
  module: URL,
  input: I,
  { signal, ...told }: Told<N> & { signal?: AbortSignal } = {},
): Promise<O> {
  signal?.throwIfAborted();
  const thread = startTask<I, O, N>(module);
  const stop = () => thread.close(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await thread.run(input, told);
  } finally {
    signal?.removeEventListener('abort', stop);
    thread.close();
  }
}

/** The other side of `startTask`: a worker module calls it once. */
export async function serveTask<I, O, N = never>(
  work: (
    input: I,
    onProgress: (done: number, total: number) => void,
    tell: (news: N) => void,
  ) => O | Promise<O>,
): Promise<void> {
  const port = parentPort;
  if (!port) return;
  const send = (message: Message<O>) => port.postMessage(message);
  for await (const [input] of on(port, 'message') as AsyncIterable<[I]>) {
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
}
