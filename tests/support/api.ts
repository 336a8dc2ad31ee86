import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse, RouteOptions } from 'fastify';
import { buildApp } from '../../server/app.ts';
import type { Database } from '../../server/db/database.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import type { App } from '../../server/routes/dependencies.ts';
import { type People, type PeopleSettings, people } from '../../server/usecases/accounts/people.ts';
import { extractUploads } from '../../server/usecases/extract-uploads.ts';
import { type FlowRuns, flowRuns } from '../../server/usecases/flow-runs.ts';
import { readLoaded } from '../../server/usecases/open-region.ts';
import { type ProposalRuns, proposalRuns } from '../../server/usecases/proposal-runs.ts';
import {
  type LoadedRegion,
  type RegionState,
  regionState,
} from '../../server/usecases/region-state.ts';
import { type Engine, openTestDatabase } from './databases.ts';

export interface TestApi {
  app: App;
  database: Database;
  region: RegionState;
  runs: ProposalRuns;
  flowRuns: FlowRuns;
  /** where files that were sent wait */
  uploadFolder: string;
  people: People;
  get(url: string): Promise<LightMyRequestResponse>;
  post(url: string, body?: unknown): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

export interface TestApiOptions {
  onFailure?: (error: unknown) => void;
  uploadLimit?: number;
  settings?: Partial<PeopleSettings>;
  clock?: () => number;
  /** one that outlives the API; by default one of its own */
  database?: Database;
  /** the same: a thread that cuts tiles is in it */
  loaded?: LoadedRegion;
  /** paths of tables of code changes */
  passages?: string[];
  onRoute?: (route: RouteOptions) => void;
}

/** The whole API over the small region, without a socket. */
export async function openTestApi(
  engine: Engine,
  {
    onFailure = console.error,
    uploadLimit = 1 << 20,
    settings = {},
    clock = Date.now,
    database: given,
    loaded,
    onRoute,
    passages = [],
  }: TestApiOptions = {},
): Promise<TestApi> {
  const database = given ?? (await openTestDatabase(engine));
  const region = regionState();
  const runs = proposalRuns(database.kysely, (error) => console.error(error));
  const flows = flowRuns(database.kysely, (error) => onFailure(error));
  const folder = mkdtempSync(join(tmpdir(), 'maillage-uploads-'));
  const uploads = extractUploads(folder, uploadLimit);
  const known = people(() => database.kysely, settings, clock);
  const app = await buildApp(
    {
      database: () => database,
      people: known,
      region,
      runs: () => runs,
      flowRuns: () => flows,
      uploads: () => uploads,
      passages: () => passages,
      version: '0.0.0-test',
    },
    { page: null, ...(onRoute ? { onRoute } : {}) },
  );
  region.ready(loaded ?? (await readSmallRegion(database)));
  return {
    app,
    database,
    region,
    runs,
    flowRuns: flows,
    uploadFolder: folder,
    people: known,
    get: (url) => app.inject({ method: 'GET', url }),
    post: (url, body) =>
      app.inject({
        method: 'POST',
        url,
        ...(body === undefined ? {} : { payload: body as object }),
      }),
    async close() {
      await app.close();
      await runs.close();
      await flows.close();
      await uploads.close();
      if (!loaded) await region.loaded().tiles.close();
      if (!given) await database.close();
    },
  };
}

export async function readSmallRegion({ kysely }: Database): Promise<LoadedRegion> {
  const vintage = await vintageRepository(kysely).ofRegion('24');
  if (!vintage) throw new Error('the template holds no region');
  return readLoaded(kysely, vintage);
}
