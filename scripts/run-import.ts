import { type Config, readConfig } from '../server/config.ts';
import { type Database, openDatabase } from '../server/db/database.ts';
import { DomainError } from '../server/errors.ts';
import type { Remark } from '../server/imports/rows.ts';
import { runStep, type StepWatcher } from '../server/usecases/steps.ts';
import { exitWithSentence, terminalWatcher } from './terminal.ts';

interface ImportContext {
  db: Database;
  file: string;
  config: Config;
  watcher: StepWatcher;
}

/** Opens the database, imports the one file named on the command line, prints the report. */
export async function runImport(
  command: string,
  work: (context: ImportContext) => Promise<Remark[]>,
  argv?: string[],
): Promise<void> {
  try {
    const { config, positionals } = readConfig(argv);
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) {
      throw new DomainError(
        'invalid_configuration',
        `Indiquez un fichier et un seul : npm run ${command} -- FICHIER.`,
      );
    }
    const watcher = terminalWatcher();
    const db = await runStep(watcher, 'Base de données', async () => {
      const opened = await openDatabase(config);
      return [opened, `PostGIS ${opened.postgis}`];
    });
    try {
      const remarks = await work({ db, file, config, watcher });
      for (const { where, message } of remarks)
        console.log(`  ${where ? `${where} : ` : ''}${message}`);
    } finally {
      await db.close();
    }
  } catch (error) {
    exitWithSentence(error);
  }
}
