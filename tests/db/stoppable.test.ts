import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { stoppableTransaction } from '../../server/db/stoppable.ts';
import { engines, openTestDatabase } from '../support/databases.ts';

describe.each(engines)('a stoppable transaction on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
  });
  afterAll(async () => {
    await db.close();
  });

  const written = async () =>
    (
      await sql<{ code: string }>`select code from flow_place where code = '0A000'`.execute(
        db.kysely,
      )
    ).rows.length;

  test('stopped, it throws the reason and leaves nothing', async () => {
    const stop = new AbortController();
    const work = stoppableTransaction(db, stop.signal, async (tx) => {
      await sql`insert into flow_place (code) values ('0A000')`.execute(tx);
      if (engine === 'pglite') stop.abort(new Error('enough'));
      else setTimeout(() => stop.abort(new Error('enough')), 20);
      // Only on PostgreSQL does a statement under way end before its time.
      await sql`select pg_sleep(${engine === 'pglite' ? 0 : 3600})`.execute(tx);
    });
    await expect(work).rejects.toThrow('enough');
    expect(await written()).toBe(0);
    const { rows } = await sql`select 1 from pg_stat_activity where query like '%pg_sleep%'
      and state = 'active' and pid <> pg_backend_pid()`.execute(db.kysely);
    expect(rows).toEqual([]);
  });

  test('not stopped, it is a transaction like any other', async () => {
    const { signal } = new AbortController();
    await stoppableTransaction(db, signal, (tx) =>
      sql`insert into flow_place (code) values ('0A000')`.execute(tx),
    );
    expect(await written()).toBe(1);
  });
});
