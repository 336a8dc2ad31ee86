import { frenchNumber } from '../server/core/french.ts';
import { csvFiles } from '../server/imports/data-directory.ts';
import { importSupply } from '../server/usecases/import-files.ts';
import { runStep } from '../server/usecases/steps.ts';
import { runImport } from './run-import.ts';

/** `npm run import:supply -- FILE [--region CODE]`: practitioners per commune (BPE, RPPS). */
await runImport('import:supply', async ({ db, file, config, watcher }) => {
  const passages = config.data ? csvFiles(config.data, 'cog') : [];
  return runStep(watcher, 'Offre et flux', async (onProgress) => {
    const done = await importSupply(db.kysely, file, config.region, passages, onProgress);
    const summary = `${done.vintage.region_name}, ${frenchNumber(done.rows)} effectifs par commune et profession, jeu de flux n° ${done.dataset}`;
    return [done.remarks, summary];
  });
});
