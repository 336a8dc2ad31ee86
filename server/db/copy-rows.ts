import { pipeline } from 'node:stream/promises';
import type { PostgresPool } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EmbeddedClient } from './pglite/pool.ts';

/**
 * Rows of PostgreSQL's binary COPY format, without the header and the trailer of a file; a block
 * holds whole rows. It was written when the next is asked for, and may be written over.
 */
type RowBlocks = AsyncIterable<Uint8Array>;

/**
 * Copies rows into a table; `table` is a name of the schema, never user text. What a failure leaves
 * in the table is for the caller to drop: the embedded database takes each block by itself, so that
 * others have their turn in between.
 */
export type CopyRows = (table: string, blocks: RowBlocks) => Promise<void>;

const header = Buffer.from('PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const trailer = Buffer.from([0xff, 0xff]);

/** COPY is not a query that Kysely can send: it takes a client from the pool. */
export function copyRows(pool: PostgresPool): CopyRows {
  return async (table, blocks) => {
    const statement = `copy "${table.replaceAll('"', '""')}" from`;
    const client = await pool.connect();
    if ('copy' in client) {
      client.release();
      for await (const block of blocks) await copyEmbedded(pool, statement, block);
    } else {
      await copyStreamed(client as unknown as pg.PoolClient, statement, blocks);
    }
  };
}

/** PGlite copies from a file in memory: one copy a block. */
async function copyEmbedded(pool: PostgresPool, statement: string, block: Uint8Array) {
  const client = (await pool.connect()) as EmbeddedClient;
  try {
    await client.copy(`${statement} '/dev/blob' (format binary)`, [header, block, trailer]);
  } finally {
    client.release();
  }
}

/**
 * `pipeline` takes a block once the one before is with the system, as long as blocks are longer than
 * what a stream would rather gather (16 KB).
 */
async function copyStreamed(client: pg.PoolClient, statement: string, blocks: RowBlocks) {
  let failed = true;
  try {
    const copy = client.query(copyFrom(`${statement} stdin (format binary)`));
    await pipeline(wholeFile(blocks), copy);
    failed = false;
  } finally {
    // After a copy that was cut short the connection is not worth keeping.
    client.release(failed);
  }
}

async function* wholeFile(blocks: RowBlocks): AsyncGenerator<Uint8Array> {
  yield header;
  yield* blocks;
  yield trailer;
}
