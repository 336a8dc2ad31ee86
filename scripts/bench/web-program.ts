import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../server/app.ts';
import { defaultGravity } from '../../server/core/flows/gravity-parameters.ts';
import { openDatabase } from '../../server/db/database.ts';
import { supplyRepository } from '../../server/db/repositories/supply.ts';
import { readProfessions } from '../../server/imports/professions.ts';
import { findRegion } from '../../server/imports/regions.ts';
import { pageFolder } from '../../server/main.ts';
import { people } from '../../server/usecases/accounts/people.ts';
import { extractUploads } from '../../server/usecases/extract-uploads.ts';
import { firstVisit } from '../../server/usecases/first-visit.ts';
import { flowRuns } from '../../server/usecases/flow-runs.ts';
import { loadRegion } from '../../server/usecases/load-region.ts';
import { modelFlows } from '../../server/usecases/model-flows.ts';
import { readLoaded } from '../../server/usecases/open-region.ts';
import { proposalRuns } from '../../server/usecases/proposal-runs.ts';
import { regionState } from '../../server/usecases/region-state.ts';
import type { ReadRegionTask, RegionFiles } from '../../server/workers/read-region.ts';
import { runTask } from '../../server/workers/task.ts';

export interface WebProgram {
  address: string;
  communes: number;
  flows: number;
  /** from the region being there to what a first page asks for being made, ms */
  aheadMs: number;
  close(): Promise<void>;
}

/**
 * The program on a region, without the proposal that a first start computes: no map waits for it.
 * `specialties` are those whose flows are modelled (null: all), so that a country loads in minutes.
 */
export async function webProgram(
  name: string,
  data: string,
  databaseUrl: string | null,
  specialties: readonly string[] | null,
): Promise<WebProgram> {
  const home = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
  const db = await openDatabase({ databaseUrl, home });
  const { kysely } = db;
  await supplyRepository(kysely).describeProfessions([...readProfessions()]);
  const files = await runTask<ReadRegionTask, RegionFiles>(
    new URL('../../server/workers/read-region.ts', import.meta.url),
    { region: findRegion(name), data, geoApi: null, cacheDir: home },
  );
  const supply = files.supply && {
    ...files.supply,
    rows: files.supply.rows.filter(
      ({ profession }) => specialties === null || specialties.includes(profession),
    ),
  };
  const vintage = await loadRegion(kysely, { units: files.units, supply });
  const dataset = await modelFlows(kysely, vintage, defaultGravity);
  if (dataset === null) throw new Error('there is no supply to model flows from');
  const failed = (error: unknown) => console.error(error);
  const visit = firstVisit(() => kysely, failed);
  const region = regionState(visit.prepare);
  const runs = proposalRuns(kysely, failed);
  const flows = flowRuns(kysely, failed);
  const uploads = extractUploads(join(home, 'uploads'), 1e6);
  const app = await buildApp(
    {
      database: () => db,
      region,
      runs: () => runs,
      flowRuns: () => flows,
      uploads: () => uploads,
      passages: () => [],
      people: people(() => kysely),
      version: 'bench',
    },
    { page: pageFolder },
  );
  const loaded = await readLoaded(kysely, vintage);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const started = performance.now();
  region.ready(loaded);
  await visit.done();
  const aheadMs = performance.now() - started;
  const { rows } = await db.kysely
    .selectFrom('flow')
    .select((on) => on.fn.countAll<number>().as('rows'))
    .where('dataset', '=', dataset)
    .executeTakeFirstOrThrow();
  return {
    address,
    communes: loaded.graph.units.code.length,
    flows: Number(rows),
    aheadMs,
    async close() {
      await app.close();
      await runs.close();
      await flows.close();
      await uploads.close();
      await Promise.all([visit.close(), loaded.tiles.close()]);
      await db.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
