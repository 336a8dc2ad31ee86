import type { Config } from '../server/config.ts';
import type { Database } from '../server/db/database.ts';
import { DomainError } from '../server/errors.ts';
import type { Remark } from '../server/imports/rows.ts';
import type { StepWatcher } from '../server/usecases/steps.ts';
import { printRemarks } from './terminal.ts';
import { withDatabase } from './with-database.ts';

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
  const check = (positionals: string[]) => {
    if (positionals.length === 1) return;
    throw new DomainError(
      'invalid_configuration',
      `Indiquez un fichier et un seul : npm run ${command} -- FICHIER.`,
    );
  };
  await withDatabase(argv, check, async ({ positionals, ...context }) => {
    printRemarks(await work({ ...context, file: positionals[0] ?? '' }));
  });
}
