import { frenchNumber } from '../server/core/french.ts';
import { csvFiles } from '../server/imports/data-directory.ts';
import { importSupply } from '../server/usecases/import-files.ts';
import { runStep } from '../server/usecases/steps.ts';
import { readYear } from './option-year.ts';
import { takeOptions } from './own-options.ts';
import { runImport } from './run-import.ts';
import { exitWithSentence } from './terminal.ts';

/**
 * `npm run import:supply -- FILE [--year YEAR] [--region CODE]`: practitioners per commune (BPE,
 * RPPS). The year is that of the codes of communes, which a BPE of many years has from one alone.
 */
try {
  const { values, rest } = takeOptions(process.argv.slice(2), ['year'], []);
  const year = readYear(values.year);
  await runImport(
    'import:supply',
    async ({ db, file, config, watcher }) => {
      const passages = config.data ? csvFiles(config.data, 'cog') : [];
      return runStep(watcher, 'Offre et flux', async (onProgress) => {
        const codes = { passages, year };
        const done = await importSupply(db.kysely, file, config.region, codes, onProgress);
        const summary = `${done.vintage.region_name}, ${frenchNumber(done.rows)} effectifs par commune et profession, jeu de flux n° ${done.dataset}`;
        return [done.remarks, summary];
      });
    },
    rest,
  );
} catch (error) {
  exitWithSentence(error);
}
