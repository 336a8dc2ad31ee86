import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { halfMade, heldTwice } from '../../scripts/soak/consistency.ts';
import { decisionTraffic, type Send } from '../../scripts/soak/traffic.ts';
import { type Database, openDatabase } from '../../server/db/database.ts';
import type { Schema } from '../../server/db/schema.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { startServerProcess } from '../support/server-process.ts';
import { codeAt } from '../support/small-region.ts';
import { databaseUrl } from '../support/templates.ts';

/** `KILLS=20 npx vitest run tests/api/killed-server.test.ts` tries for longer. */
const KILLS = Number(process.env.KILLS ?? 1);

describe.each(engines)('a server killed while 50 clients decide, on %s', (engine) => {
  let home: string;
  let address = '';
  let server: Database | null = null;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'maillage-killed-'));
    if (engine === 'pglite') {
      // The dump is a tar of the folder: unpacked, it need not be opened to be put there.
      mkdirSync(join(home, 'pglite'));
      execFileSync('tar', ['-xf', inject('regionDump'), '-C', join(home, 'pglite')], {
        stdio: 'ignore',
      });
      writeFileSync(join(home, 'pglite-made'), '');
    } else {
      server = await openTestDatabase(engine);
      const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
        server.kysely,
      );
      address = databaseUrl(inject('postgres')!, rows[0]!.name);
    }
  });
  afterAll(async () => {
    await server?.close();
    rmSync(home, { recursive: true, force: true });
  });

  test(`leaves nothing half-made, and keeps what it answered (kills: ${KILLS})`, async () => {
    for (let round = 1; round <= KILLS; round++) {
      // From the second on, over what the killed one left.
      const { send, kill } = await startServerProcess({
        MAILLAGE_HOME: home,
        DATABASE_URL: address,
      });
      let answers = 0;
      let killed: Promise<void> | null = null;
      const created: number[] = [];
      const counted: Send = async (client, method, url, body) => {
        const answer = await send(client, method, url, body);
        answers++;
        if (answer.status === 201) created.push((answer.body as { id: number }).id);
        // Each time elsewhere, the requests of the other clients being under way.
        if (answers === 100 + 23 * round) killed = kill();
        return answer;
      };
      const { counts, faults } = await decisionTraffic(counted, {
        clients: 50,
        seed: round,
        units: Array.from({ length: 16 }, (_, unit) => codeAt(unit % 8, Math.floor(unit / 8))),
        goesOn: () => killed === null,
      }).finally(() => killed ?? kill());
      expect(faults).toEqual([]);
      // Not in vain: it was deciding, and was cut off.
      expect(counts.get('accept_territory done')).toBeGreaterThan(0);
      const lost = [...counts].filter(([what]) => what.endsWith(' lost'));
      expect(lost.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(10);
      await look(async (db) => {
        expect(await heldTwice(db)).toEqual([]);
        expect(await halfMade(db)).toEqual([]);
        const { rows } = await sql<{ id: number }>`select id from cpts`.execute(db);
        const kept = new Set(rows.map(({ id }) => id));
        expect(created.length).toBeGreaterThan(0);
        expect(created.filter((id) => !kept.has(id))).toEqual([]);
      });
    }
  });

  /** Looks at what is left, once the killed server holds nothing any more. */
  async function look(at: (db: Kysely<Schema>) => Promise<void>): Promise<void> {
    if (server) {
      await untilAlone(server.kysely);
      return at(server.kysely);
    }
    const opened = await openDatabase({ databaseUrl: null, home });
    await at(opened.kysely).finally(() => opened.close());
  }
});

/** PostgreSQL ends what a killed client had under way only when it next talks to it. */
async function untilAlone(db: Kysely<Schema>): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ others: number }>`
      select count(*) as others from pg_stat_activity where datname = current_database()
        and backend_type = 'client backend' and pid <> pg_backend_pid()`.execute(db);
    if (rows[0]?.others === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
