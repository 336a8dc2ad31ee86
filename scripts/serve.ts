import { readConfig } from '../server/config.ts';
import { DomainError } from '../server/errors.ts';
import { startServer } from '../server/main.ts';
import { buildPage, putWaitingPage } from './build-page.ts';
import { exitWithSentence, terminalWatcher } from './terminal.ts';

/** `npm start`: sets everything up, then serves; a second start reuses what is there. */
const watcher = terminalWatcher();
try {
  const { config, positionals } = readConfig();
  if (positionals.length > 0) {
    throw new DomainError(
      'invalid_configuration',
      `« ${positionals.join(' ')} » n’est pas une option : pour une région, écrivez npm start -- --region ${positionals[0]}.`,
    );
  }
  putWaitingPage();
  const server = await startServer(config, watcher);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.stop().finally(() => process.exit(0)));
  }
  await Promise.all([buildPage(watcher), server.loaded]).catch(async (error) => {
    await server.stop();
    throw error;
  });
  console.log(`\n${await server.welcome()}\n\nMaillage est prêt : ${server.address}\n`);
} catch (error) {
  exitWithSentence(error);
}
