import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../server/app.ts';
import type { Database } from '../../server/db/database.ts';
import type { Vintage } from '../../server/db/repositories/vintages.ts';
import { people } from '../../server/usecases/accounts/people.ts';
import { extractUploads } from '../../server/usecases/extract-uploads.ts';
import { flowRuns } from '../../server/usecases/flow-runs.ts';
import { readLoaded } from '../../server/usecases/open-region.ts';
import { proposalRuns } from '../../server/usecases/proposal-runs.ts';
import { regionState } from '../../server/usecases/region-state.ts';
import type { Send } from './traffic.ts';

/** Changes a minute that one address may make, and some to spare. */
const CHANGES_OF_AN_ADDRESS = 250;

/** The whole program over a database that holds a vintage, without a socket. */
export async function appOver(
  database: Database,
  vintage: Vintage,
): Promise<{ send: Send; close(): Promise<void> }> {
  const { kysely } = database;
  const region = regionState();
  const runs = proposalRuns(kysely, console.error);
  const flows = flowRuns(kysely, console.error);
  const folder = mkdtempSync(join(tmpdir(), 'maillage-soak-'));
  const uploads = extractUploads(folder, 1 << 20);
  const app = await buildApp(
    {
      database: () => database,
      people: people(() => kysely),
      region,
      runs: () => runs,
      flowRuns: () => flows,
      uploads: () => uploads,
      passages: () => [],
      version: '0.0.0-soak',
    },
    { logger: { level: 'error' }, page: null },
  );
  region.ready(await readLoaded(kysely, vintage));
  const sent: number[] = [];
  return {
    async send(client, method, url, payload) {
      // Limits are by address: a client changes its own before it reaches them.
      sent[client] = (sent[client] ?? 0) + 1;
      const turn = Math.floor(sent[client] / CHANGES_OF_AN_ADDRESS) % 250;
      const remoteAddress = `10.${client >> 8}.${client & 255}.${turn + 1}`;
      const answer = await app.inject({ method, url, remoteAddress, ...(payload && { payload }) });
      return { status: answer.statusCode, body: answer.json() };
    },
    async close() {
      await app.close();
      await Promise.all([runs.close(), flows.close(), uploads.close()]);
      await region.loaded().tiles.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
