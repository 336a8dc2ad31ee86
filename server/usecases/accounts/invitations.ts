import type { Kysely } from 'kysely';
import type { Invitation } from '../../contracts/accounts.ts';
import { accountLinkRepository } from '../../db/repositories/account-links.ts';
import { accountRepository } from '../../db/repositories/accounts.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import { sessionRepository } from '../../db/repositories/sessions.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import type { Identities } from './identities.ts';
import { checkNewPassword, hashPassword } from './passwords.ts';
import { openSession } from './sign-in.ts';
import { hashOf, newToken } from './tokens.ts';

const DAYS = 7;

/** Makes the link of an account, in place of the one it had, and answers its token. */
export async function invite(db: Kysely<Schema>, account: number): Promise<string> {
  const token = newToken();
  await accountLinkRepository(db).put(account, hashOf(token), DAYS);
  return token;
}

/** Whom a link is for. @throws DomainError `unknown_invitation` */
export async function readInvitation(db: Kysely<Schema>, token: string): Promise<Invitation> {
  const found = await accountLinkRepository(db).find(hashOf(token));
  if (!found) throw unknownInvitation();
  return { name: found.name, email: found.email };
}

/**
 * Sets the password of whom a link is for, ends their other sessions, and answers the token of a new
 * one. The link is of no more use.
 *
 * @throws DomainError `unknown_invitation`, `weak_password`
 */
export async function acceptInvitation(
  db: Kysely<Schema>,
  identities: Identities,
  { token, password }: { token: string; password: string },
): Promise<string> {
  const links = accountLinkRepository(db);
  const found = await links.find(hashOf(token));
  if (!found) throw unknownInvitation();
  checkNewPassword(password, found);
  const hash = await hashPassword(password);
  const session = await db.transaction().execute(async (tx) => {
    if (!(await accountLinkRepository(tx).take(hashOf(token)))) throw unknownInvitation();
    await accountRepository(tx).setPassword(found.id, hash);
    await sessionRepository(tx).endAllOf(found.id);
    await eventRepository(tx).record({
      actor: found.name,
      verb: 'set_password',
      subject: `account/${found.id}`,
    });
    return openSession(tx, found.id);
  });
  identities.forget();
  return session;
}

function unknownInvitation(): DomainError {
  return new DomainError(
    'unknown_invitation',
    'Cette invitation n’est plus valable : elle a déjà servi, a plus de sept jours, ou a été remplacée. Demandez-en une autre à l’administrateur de Maillage.',
  );
}
