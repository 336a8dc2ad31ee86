import type { Kysely } from 'kysely';
import type { FirstAdministrator } from '../../contracts/accounts.ts';
import { accountRepository } from '../../db/repositories/accounts.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import type { Identities } from './identities.ts';
import { checkNewPassword, hashPassword } from './passwords.ts';
import { normalEmail, openSession } from './sign-in.ts';

/**
 * Makes the first account, which ends the demonstration, and answers the token of its session: from
 * the page of a demonstration, or with the link that the program printed.
 *
 * @throws DomainError `accounts_exist`, `unknown_invitation`, `weak_password`, `email_taken`
 */
export async function createFirstAdministrator(
  db: Kysely<Schema>,
  identities: Identities,
  { name, email, password, token }: FirstAdministrator,
): Promise<string> {
  if (!identities.isFirstLink(token) && !(await identities.demonstration())) {
    throw new DomainError(
      'unknown_invitation',
      'Ce lien ne crée pas d’administrateur : prenez celui que Maillage a affiché dans le terminal à son dernier démarrage.',
    );
  }
  const person = { name: name.trim(), email: normalEmail(email) };
  checkNewPassword(password, person);
  const hash = await hashPassword(password);
  const session = await db.transaction().execute(async (tx) => {
    const accounts = accountRepository(tx);
    await accounts.lock();
    if (await accounts.anyReal()) {
      throw new DomainError(
        'accounts_exist',
        'Le premier administrateur existe déjà : connectez-vous, ou demandez-lui une invitation.',
      );
    }
    const id = await accounts.insert({
      ...person,
      role: 'administrator',
      departments: null,
      password: hash,
    });
    if (id === undefined) throw new Error('the first account met another of its address');
    await eventRepository(tx).record({
      actor: person.name,
      verb: 'create_account',
      subject: `account/${id}`,
      after: { ...person, role: 'administrator' },
    });
    return openSession(tx, id);
  });
  identities.forget();
  return session;
}
