import type { Kysely } from 'kysely';
import type {
  Account,
  AccountChange,
  InvitedAccount,
  NewAccount,
} from '../../contracts/accounts.ts';
import type { Role } from '../../core/accounts/actor.ts';
import { accountLinkRepository } from '../../db/repositories/account-links.ts';
import { accountRepository } from '../../db/repositories/accounts.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import { sessionRepository } from '../../db/repositories/sessions.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import { invite } from './invitations.ts';
import { normalEmail } from './sign-in.ts';

/**
 * Makes an account without a password, and the one-time link with which its owner sets one. The
 * first account is an administrator: whoever makes another would lock everyone out.
 *
 * @throws DomainError `email_taken`, `no_administrator`
 */
export async function createAccount(
  db: Kysely<Schema>,
  { name, email, cpts, ...wanted }: NewAccount,
  actor: string,
): Promise<InvitedAccount> {
  const address = normalEmail(email);
  return db.transaction().execute(async (tx) => {
    const accounts = accountRepository(tx);
    await accounts.lock();
    if (wanted.role !== 'administrator' && !(await accounts.anyReal())) throw noAdministrator();
    const { role, departments } = scoped(wanted);
    const id = await accounts.insert({ name: name.trim(), email: address, role, departments });
    if (id === undefined) {
      throw new DomainError(
        'email_taken',
        `L’adresse ${address} est déjà celle d’un compte : changez ce compte, ou prenez une autre adresse.`,
      );
    }
    await accounts.setLed(id, role === 'leader' ? cpts : []);
    const token = await invite(tx, id);
    const account = await known(accounts, id);
    const after = trace(account);
    await eventRepository(tx).record({
      actor,
      verb: 'create_account',
      subject: `account/${id}`,
      after,
    });
    return { account, token };
  });
}

/**
 * Changes what an account may do. Its sessions follow at once; those of a disabled one end.
 *
 * @throws DomainError `unknown_account`, `last_administrator`
 */
export async function changeAccount(
  db: Kysely<Schema>,
  id: number,
  { name, cpts, disabled, ...wanted }: AccountChange,
  actor: string,
): Promise<Account> {
  return db.transaction().execute(async (tx) => {
    const accounts = accountRepository(tx);
    await accounts.lock();
    const before = await known(accounts, id);
    const { role, departments } = scoped(wanted);
    const stays = role === 'administrator' && !disabled;
    if (before.role === 'administrator' && !before.disabled && !stays) {
      if ((await accounts.otherAdministrators(id)) === 0) throw lastAdministrator(before.name);
    }
    const change = { name: name.trim(), role, departments, disabled, cpts: [] };
    await accounts.change(id, change);
    await accounts.setLed(id, role === 'leader' ? cpts : []);
    if (disabled) {
      await sessionRepository(tx).endAllOf(id);
      await accountLinkRepository(tx).remove(id);
    }
    const after = await known(accounts, id);
    await eventRepository(tx).record({
      actor,
      verb: 'change_account',
      subject: `account/${id}`,
      before: trace(before),
      after: trace(after),
    });
    return after;
  });
}

/**
 * A new one-time link for someone who lost theirs, or their password. The password they have stays
 * until the link is used.
 *
 * @throws DomainError `unknown_account`
 */
export async function inviteAgain(
  db: Kysely<Schema>,
  id: number,
  actor: string,
): Promise<InvitedAccount> {
  return db.transaction().execute(async (tx) => {
    const account = await known(accountRepository(tx), id);
    if (account.disabled) throw unknownAccount(id);
    const token = await invite(tx, id);
    const subject = `account/${id}`;
    await eventRepository(tx).record({ actor, verb: 'invite_account', subject });
    return { account, token };
  });
}

async function known(accounts: ReturnType<typeof accountRepository>, id: number): Promise<Account> {
  const account = await accounts.byId(id);
  if (!account) throw unknownAccount(id);
  return account;
}

/** Departments belong to officers alone. */
function scoped({ role, departments }: { role: Role; departments: string[] | null }) {
  return { role, departments: role === 'ars' ? departments : null };
}

function trace({ name, email, role, departments, cpts, disabled }: Account) {
  return { name, email, role, departments, cpts, disabled };
}

function unknownAccount(id: number): DomainError {
  return new DomainError(
    'unknown_account',
    `Le compte ${id} n’existe pas, ou il est désactivé : choisissez-en un dans la liste.`,
  );
}

function noAdministrator(): DomainError {
  return new DomainError(
    'no_administrator',
    'Le premier compte est celui d’un administrateur, qui invite les autres : créez-le d’abord.',
  );
}

function lastAdministrator(name: string): DomainError {
  return new DomainError(
    'last_administrator',
    `${name} est le seul administrateur qui puisse se connecter : donnez d’abord ce rôle à quelqu’un d’autre.`,
  );
}
