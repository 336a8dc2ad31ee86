import { importUnits } from '../server/usecases/import-files.ts';
import { describeVintage, ensureAnalysis } from '../server/usecases/open-region.ts';
import { proposalRuns } from '../server/usecases/proposal-runs.ts';
import { runStep } from '../server/usecases/steps.ts';
import { runImport } from './run-import.ts';

/** `npm run import:units -- FILE [--region CODE]`: communes of one region, from one file. */
await runImport('import:units', async ({ db, file, config, watcher }) => {
  const vintage = await runStep(watcher, 'Communes', async () => {
    const loaded = await importUnits(db.kysely, file, config.region);
    return [loaded, describeVintage(loaded)];
  });
  const runs = proposalRuns(db.kysely, (error) => console.error(error));
  await ensureAnalysis(db.kysely, vintage, runs, watcher);
  return vintage.remarks;
});
