import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { startWorker } from '../../workers/start-worker.ts';
import type { Answer, DatabaseFailure, Question, WorkerStart } from './protocol.ts';

type Ask = Question extends infer Q ? (Q extends { id: number } ? Omit<Q, 'id'> : never) : never;

/** A PostgreSQL error that came through the thread, with the fields `pg` would give. */
class EmbeddedDatabaseError extends Error {
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly detail: string | undefined;

  constructor(failure: DatabaseFailure) {
    super(failure.message);
    this.name = 'EmbeddedDatabaseError';
    this.code = failure.code;
    this.constraint = failure.constraint;
    this.detail = failure.detail;
  }
}

export interface EmbeddedClient extends PostgresPoolClient {
  /** Runs a `copy … from '/dev/blob'` over the bytes of `parts`, one after the other. */
  copy(sql: string, parts: Uint8Array[]): Promise<void>;
}

export interface EmbeddedPool extends PostgresPool {
  /** The whole database as an uncompressed tar, to clone it from. */
  dump(): Promise<Uint8Array>;
}

/** PGlite in its thread, behind the pool interface Kysely expects: one connection, in turn. */
export async function openEmbedded(start: WorkerStart): Promise<EmbeddedPool> {
  const worker = startWorker(new URL('./worker.ts', import.meta.url), start);
  const waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (error: Error) => void }
  >();
  let lastId = 0;
  let stopped: Error | null = null;

  const ready = new Promise<Answer>((resolve, reject) => waiting.set(0, { resolve, reject }));
  worker.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('failure' in answer) asked?.reject(new EmbeddedDatabaseError(answer.failure));
    else asked?.resolve(answer);
  });
  worker.on('error', (error) => stop(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => stop(new Error('the embedded database has stopped')));

  function stop(error: Error): void {
    stopped ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function ask(question: Ask): Promise<Answer> {
    if (stopped) return Promise.reject(stopped);
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ ...question, id });
    });
  }

  await ready;

  const client = {
    async query(sql: string, parameters: readonly unknown[]) {
      return ask({ ask: 'query', sql, parameters });
    },
    async copy(sql: string, parts: Uint8Array[]) {
      await ask({ ask: 'copy', sql, parts });
    },
  };
  let turn: Promise<void> = Promise.resolve();

  return {
    async connect() {
      const before = turn;
      let release = () => {};
      turn = new Promise((resolve) => {
        release = resolve;
      });
      await before;
      // A client a turn: Kysely keys its connections by it.
      return { ...client, release } as unknown as EmbeddedClient;
    },
    async end() {
      if (stopped) return;
      await ask({ ask: 'close' }).catch(() => {});
      await worker.terminate();
    },
    async dump() {
      const answer = await ask({ ask: 'dump' });
      if (!('dump' in answer)) throw new Error('the embedded database gave no dump');
      return answer.dump;
    },
  };
}
