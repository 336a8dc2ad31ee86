import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EmbeddedClient } from './pglite/pool.ts';
import type { Schema } from './schema.ts';

/**
 * Rows of PostgreSQL's binary COPY format, without the header and the trailer of a file; a block
 * holds whole rows.
 */
type RowBlocks = AsyncIterable<Uint8Array>;

/** A transaction, and the way to copy rows into one of its tables. */
interface CopySession {
  tx: Kysely<Schema>;
  /** `table` is a name of the schema, never user text. A failure of `blocks` undoes the copy. */
  copy(table: string, blocks: RowBlocks): Promise<void>;
}

export type CopySessions = <T>(work: (session: CopySession) => Promise<T>) => Promise<T>;

const header = Buffer.from('PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const trailer = Buffer.from([0xff, 0xff]);

/**
 * COPY is not a query that Kysely can send: the client is taken from the pool, and a Kysely over
 * that client alone runs the rest of the transaction.
 */
export function copySessions(pool: PostgresPool): CopySessions {
  return async (work) => {
    const client = await pool.connect();
    const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: poolOf(client) }) });
    let failed = true;
    try {
      const result = await kysely.transaction().execute((tx) =>
        work({
          tx,
          copy: (table, blocks) =>
            'copy' in client
              ? copyEmbedded(client as EmbeddedClient, table, blocks)
              : copyStreamed(client as unknown as pg.PoolClient, table, blocks),
        }),
      );
      failed = false;
      return result;
    } finally {
      // After a copy that was cut short the connection is not worth keeping.
      (client as { release(discard?: boolean): void }).release(failed);
    }
  };
}

function poolOf(client: PostgresPoolClient): PostgresPool {
  const single = {
    query: client.query.bind(client),
    release() {},
  } as unknown as PostgresPoolClient;
  return { connect: async () => single, end: async () => {} };
}

/** `pipeline` waits for the server: no more than a few blocks are ever in memory. */
async function copyStreamed(
  client: pg.PoolClient,
  table: string,
  blocks: RowBlocks,
): Promise<void> {
  const statement = `copy ${quoted(table)} from stdin (format binary)`;
  await pipeline(Readable.from(wholeFile(blocks)), client.query(copyFrom(statement)));
}

async function* wholeFile(blocks: RowBlocks): AsyncGenerator<Uint8Array> {
  yield header;
  yield* blocks;
  yield trailer;
}

/** PGlite copies from a file in memory: one copy a block. */
async function copyEmbedded(
  client: EmbeddedClient,
  table: string,
  blocks: RowBlocks,
): Promise<void> {
  for await (const block of blocks) {
    const bytes = Buffer.concat([header, block, trailer]);
    await client.copy(`copy ${quoted(table)} from '/dev/blob' (format binary)`, bytes);
  }
}

function quoted(table: string): string {
  return `"${table.replaceAll('"', '""')}"`;
}
