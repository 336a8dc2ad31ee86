import { type Role, roleLabels, roles } from '../server/core/accounts/actor.ts';
import { COMMAND_LINE } from '../server/core/events/verbs.ts';
import { accountRepository } from '../server/db/repositories/accounts.ts';
import { DomainError } from '../server/errors.ts';
import { createAccount, inviteAgain } from '../server/usecases/accounts/keep-accounts.ts';
import { normalEmail } from '../server/usecases/accounts/sign-in.ts';
import { takeOptions } from './own-options.ts';
import { withDatabase } from './with-database.ts';

/**
 * `npm run account -- create --email … --name … [--role …] [--departments 45,41]`, `link --email …`
 * (a new one-time link, for a lost password), `list`. With the server stopped, where the database is
 * embedded.
 */
const { values, rest } = takeOptions(
  process.argv.slice(2),
  ['email', 'name', 'role', 'departments'],
  [],
);

await withDatabase(
  rest,
  ([command, ...more]) => {
    if (more.length === 0 && ['create', 'link', 'list'].includes(command ?? '')) return;
    throw new DomainError(
      'invalid_configuration',
      'Indiquez create, link ou list : npm run account -- create --email ADRESSE --name "NOM" --role administrator.',
    );
  },
  async ({ db: { kysely }, config, positionals: [command] }) => {
    const accounts = accountRepository(kysely);
    const address = config.people.publicAddress ?? `http://${config.host}:${config.port}`;
    const told = (token: string) =>
      console.log(
        `Lien à transmettre, valable sept jours et une fois :\n${address}/#invitation=${token}`,
      );
    if (command === 'list') {
      for (const { email, name, role, disabled } of (await accounts.list(1000, 0)).items) {
        console.log([email ?? '—', name, roleLabels[role], disabled ? 'désactivé' : ''].join('\t'));
      }
      return;
    }
    const email = normalEmail(needed('email'));
    if (command === 'link') {
      const found = await accounts.ofEmail(email);
      if (!found) {
        throw new DomainError('unknown_account', `Aucun compte n’a l’adresse ${email}.`);
      }
      return told((await inviteAgain(kysely, found.id, COMMAND_LINE)).token);
    }
    const wanted = {
      email,
      name: needed('name'),
      role: readRole(values.role ?? 'administrator'),
      departments: values.departments?.split(',') ?? null,
      cpts: [],
    };
    told((await createAccount(kysely, wanted, COMMAND_LINE)).token);
  },
);

function needed(name: 'email' | 'name'): string {
  const value = values[name];
  if (value) return value;
  throw new DomainError('invalid_configuration', `Il manque --${name} : ajoutez-le.`);
}

function readRole(text: string): Role {
  const role = roles.find((known) => known === text);
  if (role) return role;
  throw new DomainError(
    'invalid_configuration',
    `Le rôle « ${text} » n’existe pas : prenez ${roles.join(', ')}.`,
  );
}
