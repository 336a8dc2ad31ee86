import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './db/database.ts';
import { DomainError } from './errors.ts';
import { csvFiles } from './imports/data-directory.ts';
import type { App } from './routes/dependencies.ts';
import { people } from './usecases/accounts/people.ts';
import { checkAccounts, welcome } from './usecases/accounts/start.ts';
import { type ExtractUploads, extractUploads } from './usecases/extract-uploads.ts';
import { firstVisit } from './usecases/first-visit.ts';
import { type FlowRuns, flowRuns } from './usecases/flow-runs.ts';
import { deemEveryHour } from './usecases/life/deem-validated.ts';
import { checkWanted, openRegion } from './usecases/open-region.ts';
import { type ProposalRuns, proposalRuns } from './usecases/proposal-runs.ts';
import { regionState } from './usecases/region-state.ts';
import { runStep, type StepWatcher } from './usecases/steps.ts';

export const pageFolder = fileURLToPath(new URL('../dist/web', import.meta.url));

export interface RunningServer {
  /** where the page is, e.g. `http://127.0.0.1:3000` */
  address: string;
  /** settles once the region is loaded, or could not be */
  loaded: Promise<void>;
  /** what the terminal tells of accounts, once loaded */
  welcome(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Listens at once, so that a taken port is known before any work, then loads: meanwhile
 * `/api/health` answers 503 with the step under way.
 */
export async function startServer(config: Config, watcher: StepWatcher): Promise<RunningServer> {
  let database: Database | null = null;
  const visit = firstVisit(
    () => opened(database).kysely,
    (error) => app.log.error(error),
  );
  const region = regionState(visit.prepare);
  let runs: ProposalRuns | null = null;
  let flows: FlowRuns | null = null;
  let uploads: ExtractUploads | null = null;
  const known = people(() => opened(database).kysely, config.people);
  let stopDeeming: (() => Promise<void>) | null = null;
  const app = await buildApp(
    {
      region,
      version: config.version,
      database: () => opened(database),
      runs: () => opened(runs),
      flowRuns: () => opened(flows),
      uploads: () => opened(uploads),
      people: known,
      passages: () => (config.data ? csvFiles(config.data, 'cog') : []),
    },
    { logger: { level: 'warn' }, page: pageFolder },
  );
  const address = await listen(app, config);

  const both: StepWatcher = {
    begin: (step) => {
      region.begin(step);
      watcher.begin(step);
    },
    progress: (share) => {
      region.progress(share);
      watcher.progress(share);
    },
    end: (step, summary, seconds) => watcher.end(step, summary, seconds),
  };

  async function load(): Promise<void> {
    // A database takes seconds to make: a wrong wish is told before.
    checkWanted(config);
    const db = await runStep(both, 'Base de données', async () => {
      const db = await openDatabase(config);
      const where = db.engine === 'pglite' ? `embarquée dans ${config.home}` : 'PostgreSQL';
      return [db, `PostGIS ${db.postgis}, ${where}`];
    });
    await checkAccounts(db.kysely, config);
    database = db;
    runs = proposalRuns(db.kysely, (error, run) => app.log.error({ err: error, run }));
    // Once the home is ours: another server's files are not to be swept away.
    uploads = extractUploads(join(config.home, 'uploads'), config.uploadLimit);
    flows = flowRuns(db.kysely, (error, flowRun) => app.log.error({ err: error, flowRun }));
    region.ready(await openRegion(db.kysely, runs, config, both));
    stopDeeming = deemEveryHour(db.kysely, (error) => app.log.error(error));
  }

  const loaded = load().catch((error: unknown) => {
    const known =
      error instanceof DomainError
        ? error
        : new DomainError(
            'internal',
            'Le chargement a échoué pour une raison inattendue : le journal du serveur en donne la cause.',
            undefined,
            { cause: error },
          );
    if (known.code === 'internal') app.log.error(error);
    region.failed(known);
    throw known;
  });

  return {
    address,
    loaded,
    async welcome() {
      await loaded;
      return welcome(opened(database).kysely, known, config.people.publicAddress ?? address);
    },
    async stop() {
      await app.close();
      await stopDeeming?.();
      await runs?.close();
      await flows?.close();
      await uploads?.close();
      const phase = region.phase();
      const tiles = phase.status === 'ready' ? phase.region.tiles : null;
      await Promise.all([visit.close(), tiles?.close()]);
      await database?.close();
    },
  };
}

/** Routes ask for the region first, which answers 503 until everything is open. */
function opened<T>(part: T | null): T {
  if (part) return part;
  throw new DomainError('loading', 'Le démarrage est en cours : réessayez dans quelques secondes.');
}

async function listen(app: App, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new DomainError(
        'port_taken',
        `Le port ${port} est déjà pris sur ${host} : arrêtez le programme qui l’occupe, ou choisissez-en un autre avec PORT ou --port.`,
        undefined,
        { cause },
      );
    }
    throw new DomainError(
      'invalid_configuration',
      `Impossible d’écouter sur ${host}:${port} (${code ?? 'cause inconnue'}) : corrigez HOST et PORT.`,
      undefined,
      { cause },
    );
  }
}
