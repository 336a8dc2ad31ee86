import { basename } from 'node:path';
import { COMMAND_LINE } from '../server/core/events/verbs.ts';
import { counted } from '../server/core/french.ts';
import { importSubdivisions } from '../server/usecases/divisions/import-subdivisions.ts';
import { readSubdivisionFile } from '../server/usecases/divisions/subdivision-files.ts';
import { loadedVintage } from '../server/usecases/import-files.ts';
import { runStep } from '../server/usecases/steps.ts';
import { takeOptions } from './own-options.ts';
import { runImport } from './run-import.ts';
import { exitWithSentence } from './terminal.ts';

/**
 * `npm run import:subdivisions -- FILE [--commune 45234,45147] [--region CODE]`: arrondissements,
 * IRIS or quartiers, of the communes named or of all that the file has several parts of.
 */
try {
  const { values, rest } = takeOptions(process.argv.slice(2), ['commune'], []);
  const communes = values.commune?.split(',').map((code) => code.trim()) ?? null;
  await runImport(
    'import:subdivisions',
    async ({ db, file, config, watcher }) => {
      const vintage = await loadedVintage(db.kysely, config.region);
      return runStep(watcher, 'Subdivisions', async () => {
        const read = await readSubdivisionFile(file, basename(file));
        const done = await importSubdivisions(db.kysely, vintage.id, read, communes, COMMAND_LINE);
        const summary = `${vintage.region_name}, ${counted(done.communes.length, 'commune')} en ${counted(done.units.length, 'partie')}`;
        return [done.remarks, summary];
      });
    },
    rest,
  );
} catch (error) {
  exitWithSentence(error);
}
