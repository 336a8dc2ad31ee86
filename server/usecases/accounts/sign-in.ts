import type { Kysely } from 'kysely';
import { counted } from '../../core/french.ts';
import { accountRepository } from '../../db/repositories/accounts.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import { sessionRepository } from '../../db/repositories/sessions.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import type { Identities } from './identities.ts';
import { checkNewPassword, hashPassword, isPassword } from './passwords.ts';
import { hashOf, newToken } from './tokens.ts';

interface Credentials {
  email: string;
  password: string;
}

/**
 * Opens a session, whose token is answered. A wrong address, a wrong password and a disabled account
 * are told alike, after as much work.
 *
 * @param address network address of whoever tries
 * @throws DomainError `too_many_sign_ins`, `wrong_credentials`
 */
export async function signIn(
  db: Kysely<Schema>,
  { failures, clock }: Identities,
  { email, password }: Credentials,
  address: string,
): Promise<string> {
  const key = normalEmail(email);
  const now = clock();
  const wait = Math.max(failures.account.wait(key, now), failures.address.wait(address, now));
  if (wait > 0) throw tooMany(wait);
  // Counted before the work, so that many at once do not all pass.
  failures.account.failed(key, now);
  failures.address.failed(address, now);
  const known = await accountRepository(db).passwordOf(key);
  if (!(await isPassword(password, known?.password)) || !known) {
    throw new DomainError(
      'wrong_credentials',
      'L’adresse ou le mot de passe ne convient pas : vérifiez l’un et l’autre, ou demandez un nouveau lien à l’administrateur de Maillage.',
    );
  }
  failures.account.forget(key);
  // Whoever has an account does not get a fresh count to guess at others'.
  failures.address.succeeded(address, now);
  return db.transaction().execute((tx) => comeIn(tx, known));
}

/** Opens a session for someone who has shown who they are, and answers its token. */
export async function comeIn(
  tx: Kysely<Schema>,
  { id, name }: { id: number; name: string },
): Promise<string> {
  await eventRepository(tx).record({ actor: name, verb: 'sign_in', subject: `account/${id}` });
  return openSession(tx, id);
}

/** Opens a session of an account that something else was done to, and answers its token. */
export async function openSession(db: Kysely<Schema>, account: number): Promise<string> {
  const token = newToken();
  await sessionRepository(db).insert(hashOf(token), account);
  return token;
}

export async function signOut(
  db: Kysely<Schema>,
  identities: Identities,
  token: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const whose = await sessionRepository(tx).end(hashOf(token));
    if (!whose) return;
    const subject = `account/${whose.id}`;
    await eventRepository(tx).record({ actor: whose.name, verb: 'sign_out', subject });
  });
  identities.forget();
}

/**
 * Every session of the account ends; the token of a new one is answered.
 *
 * @throws DomainError `no_administrator` in a demonstration, `too_many_sign_ins`,
 *   `wrong_credentials`, `weak_password`
 */
export async function changePassword(
  db: Kysely<Schema>,
  identities: Identities,
  id: number | null,
  { current, next }: { current: string; next: string },
): Promise<string> {
  const accounts = accountRepository(db);
  const account = id === null ? undefined : await accounts.byId(id);
  if (!account) {
    throw new DomainError(
      'no_administrator',
      'En démonstration il n’y a pas de mot de passe : créez d’abord le premier administrateur.',
    );
  }
  const { failures, clock } = identities;
  const key = `password ${account.id}`;
  const wait = failures.account.wait(key, clock());
  if (wait > 0) throw tooMany(wait);
  failures.account.failed(key, clock());
  const known = account.email === null ? undefined : await accounts.passwordOf(account.email);
  if (!(await isPassword(current, known?.password))) {
    throw new DomainError(
      'wrong_credentials',
      'Le mot de passe actuel n’est pas celui-là : vérifiez-le, ou demandez un nouveau lien à l’administrateur de Maillage.',
    );
  }
  failures.account.forget(key);
  checkNewPassword(next, account);
  const hash = await hashPassword(next);
  const token = newToken();
  await db.transaction().execute(async (tx) => {
    await accountRepository(tx).setPassword(account.id, hash);
    await sessionRepository(tx).endAllOf(account.id);
    await sessionRepository(tx).insert(hashOf(token), account.id);
    const subject = `account/${account.id}`;
    await eventRepository(tx).record({ actor: account.name, verb: 'change_password', subject });
  });
  identities.forget();
  return token;
}

export const normalEmail = (email: string): string => email.trim().toLowerCase();

function tooMany(wait: number): DomainError {
  const minutes = Math.ceil(wait / 60_000);
  return new DomainError(
    'too_many_sign_ins',
    `Trop d’essais manqués : attendez ${counted(minutes, 'minute')} avant de réessayer, ou demandez un nouveau lien à l’administrateur de Maillage.`,
    { seconds: Math.ceil(wait / 1000) },
  );
}
