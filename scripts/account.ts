import { roleLabels } from '../server/core/accounts/actor.ts';
import { COMMAND_LINE } from '../server/core/events/verbs.ts';
import { accountRepository } from '../server/db/repositories/accounts.ts';
import { DomainError } from '../server/errors.ts';
import { createAccount, inviteAgain } from '../server/usecases/accounts/keep-accounts.ts';
import { accountOptions } from './account-options.ts';
import { exitWithSentence } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/**
 * `npm run account -- create --email … --name … [--role …] [--departments 45,41]`, `link --email …`
 * (a new one-time link, for a lost password), `list`. With the server stopped, where the database is
 * embedded.
 */
try {
  const wanted = accountOptions(process.argv.slice(2));
  await withDatabase(wanted.rest, refuseMore, async ({ db: { kysely }, config }) => {
    const accounts = accountRepository(kysely);
    const address = config.people.publicAddress ?? `http://${config.host}:${config.port}`;
    const told = (token: string) =>
      console.log(
        `Lien à transmettre, valable sept jours et une fois :\n${address}/#invitation=${token}`,
      );
    if (wanted.command === 'list') {
      for (const { email, name, role, disabled } of (await accounts.list(1000, 0)).items) {
        console.log([email ?? '—', name, roleLabels[role], disabled ? 'désactivé' : ''].join('\t'));
      }
    } else if (wanted.command === 'link') {
      const found = await accounts.ofEmail(wanted.email);
      if (!found) {
        throw new DomainError('unknown_account', `Aucun compte n’a l’adresse ${wanted.email}.`);
      }
      told((await inviteAgain(kysely, found.id, COMMAND_LINE)).token);
    } else told((await createAccount(kysely, wanted.account, COMMAND_LINE)).token);
  });
} catch (error) {
  exitWithSentence(error);
}

function refuseMore([more]: string[]): void {
  if (more === undefined) return;
  throw new DomainError(
    'invalid_configuration',
    `« ${more} » n’est pas attendu : mettez entre guillemets ce qui a des espaces, comme --name "Camille Roy".`,
  );
}
