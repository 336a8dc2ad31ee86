import { type Config, readConfig } from '../server/config.ts';
import { type Database, openDatabase } from '../server/db/database.ts';
import { runStep, type StepWatcher } from '../server/usecases/steps.ts';
import { exitWithSentence, terminalWatcher } from './terminal.ts';

interface CommandContext {
  db: Database;
  config: Config;
  watcher: StepWatcher;
  positionals: string[];
}

/** Opens the database for one command, and tells its failure in a sentence. */
export async function withDatabase(
  argv: string[] | undefined,
  check: (positionals: string[]) => void,
  work: (context: CommandContext) => Promise<void>,
): Promise<void> {
  try {
    const { config, positionals } = readConfig(argv);
    check(positionals);
    const watcher = terminalWatcher();
    const db = await runStep(watcher, 'Base de données', async () => {
      const opened = await openDatabase(config);
      return [opened, `PostGIS ${opened.postgis}`];
    });
    try {
      await work({ db, config, watcher, positionals });
    } finally {
      await db.close();
    }
  } catch (error) {
    exitWithSentence(error);
  }
}
