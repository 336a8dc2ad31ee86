import { readConfig } from '../server/config.ts';
import { frenchDay } from '../server/core/life/days.ts';
import { openDatabase } from '../server/db/database.ts';
import { deemValidated } from '../server/usecases/life/deem-validated.ts';
import { exitWithSentence } from './terminal.ts';

/** `npm run deem`: what the running program does every hour, for where it is not left running. */
try {
  const database = await openDatabase(readConfig().config);
  const deemed = await deemValidated(database.kysely);
  for (const { name, on } of deemed) {
    console.log(`« ${name} » : projet de santé réputé validé le ${frenchDay(on)}.`);
  }
  if (deemed.length === 0) console.log('Aucun projet de santé n’a passé son délai de deux mois.');
  await database.close();
} catch (error) {
  exitWithSentence(error);
}
