import { type Kysely, type KyselyPlugin, sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** `db`, whose statements throw the reason of the signal from the moment it is aborted. */
export function stoppedBy<D extends Kysely<Schema>>(db: D, signal: AbortSignal | undefined): D {
  if (!signal) return db;
  const stop: KyselyPlugin = {
    transformQuery({ node }) {
      signal.throwIfAborted();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return db.withPlugin(stop) as D;
}

/**
 * A transaction that an abort rolls back at once: PostgreSQL is told to drop the statement under
 * way. The embedded database, which hears nothing while it works, stops before the next one.
 *
 * @throws the reason of the signal
 */
export async function stoppableTransaction<T>(
  { engine, kysely }: Database,
  signal: AbortSignal,
  work: (tx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const inTransaction = async (tx: Transaction<Schema>): Promise<T> => {
    if (engine === 'pglite') return work(stoppedBy(tx, signal));
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    let told: Promise<unknown> = Promise.resolve();
    const stop = () => {
      told = sql`select pg_cancel_backend(${rows[0]?.pid}::integer)`.execute(kysely);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await work(stoppedBy(tx, signal));
    } finally {
      signal.removeEventListener('abort', stop);
      // The connection is whose it will be next only once it cannot be told to stop any more.
      await told.catch(() => {});
    }
  };
  return kysely
    .transaction()
    .execute(inTransaction)
    .catch((error) => {
      throw signal.aborted ? signal.reason : error;
    });
}
