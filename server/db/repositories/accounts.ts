import { type Kysely, sql } from 'kysely';
import type { Account, AccountChange } from '../../contracts/accounts.ts';
import type { Role } from '../../core/accounts/actor.ts';
import type { Schema } from '../schema.ts';

interface NewAccount {
  name: string;
  email: string | null;
  role: Role;
  departments: readonly string[] | null;
  awaiting?: boolean;
  password?: string;
  provider?: Provided;
}

/** Who someone is for a provider of identities. */
interface Provided {
  issuer: string;
  subject: string;
}

interface AccountRow {
  id: number;
  name: string;
  email: string | null;
  role: Role;
  departments: string[] | null;
  awaiting: boolean;
  cpts: number[];
  has_password: boolean;
  has_provider: boolean;
  created_at: Date;
  seen_at: Date | null;
  disabled_at: Date | null;
}

const columns = sql`
  a.id, a.name, a.email, a.role, a.departments, a.awaiting,
  array(select c.cpts from account_cpts c where c.account = a.id order by c.cpts) as cpts,
  a.password is not null as has_password, a.subject is not null as has_provider,
  a.created_at, a.seen_at, a.disabled_at`;

/** Accounts; e-mail addresses come and are kept in lower case. */
export function accountRepository(db: Kysely<Schema>) {
  return {
    /** Whether there is an account that is not for the demonstration. */
    async anyReal(): Promise<boolean> {
      const row = await db
        .selectFrom('account')
        .select('id')
        .where('demonstration', '=', false)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Until the end of the transaction nobody else adds or changes an account. */
    async lock(): Promise<void> {
      await sql`lock table account in share row exclusive mode`.execute(db);
    },

    async list(limit: number, offset: number): Promise<{ items: Account[]; total: number }> {
      const { rows } = await sql<AccountRow>`
        select ${columns} from account a where not a.demonstration
        order by a.disabled_at is not null, lower(a.name), a.id
        limit ${limit} offset ${offset}`.execute(db);
      const { rows: all } = await sql<{ total: number }>`
        select count(*)::int as total from account where not demonstration`.execute(db);
      return { items: rows.map(toAccount), total: all[0]?.total ?? 0 };
    },

    async byId(id: number): Promise<Account | undefined> {
      const { rows } = await sql<AccountRow>`
        select ${columns} from account a where a.id = ${id} and not a.demonstration`.execute(db);
      return rows[0] && toAccount(rows[0]);
    },

    /** What a password is compared with; undefined where nobody can sign in so. */
    async passwordOf(
      email: string,
    ): Promise<{ id: number; name: string; password: string } | undefined> {
      const row = await db
        .selectFrom('account')
        .select(['id', 'name', 'password'])
        .where('email', '=', email)
        .where('demonstration', '=', false)
        .where('disabled_at', 'is', null)
        .executeTakeFirst();
      return row?.password ? { ...row, password: row.password } : undefined;
    },

    async ofProvider({ issuer, subject }: Provided) {
      return db
        .selectFrom('account')
        .select(['id', 'name', sql<boolean>`disabled_at is not null`.as('disabled')])
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst();
    },

    async ofEmail(email: string) {
      return db
        .selectFrom('account')
        .select([
          'id',
          'name',
          sql<boolean>`subject is not null`.as('provided'),
          sql<boolean>`disabled_at is not null`.as('disabled'),
        ])
        .where('email', '=', email)
        .executeTakeFirst();
    },

    /** Undefined where the e-mail address is another's. */
    async insert({ provider, ...account }: NewAccount): Promise<number | undefined> {
      const row = await db
        .insertInto('account')
        .values({
          name: account.name,
          email: account.email,
          role: account.role,
          departments: account.departments === null ? null : [...account.departments],
          awaiting: account.awaiting ?? false,
          password: account.password ?? null,
          issuer: provider?.issuer ?? null,
          subject: provider?.subject ?? null,
        })
        .onConflict((conflict) => conflict.column('email').doNothing())
        .returning('id')
        .executeTakeFirst();
      return row?.id;
    },

    /** The account on which a role is tried. */
    async demonstrationOf(role: Role, name: string): Promise<number> {
      await sql`
        insert into account (name, role, demonstration) values (${name}, ${role}, true)
        on conflict do nothing`.execute(db);
      const row = await db
        .selectFrom('account')
        .select('id')
        .where('role', '=', role)
        .where('demonstration', '=', true)
        .executeTakeFirstOrThrow();
      return row.id;
    },

    async change(id: number, { name, role, departments, disabled }: AccountChange): Promise<void> {
      await sql`
        update account set name = ${name}, role = ${role},
          departments = ${departments}::text[], awaiting = false,
          disabled_at = case when ${disabled} then coalesce(disabled_at, now()) end
        where id = ${id}`.execute(db);
    },

    async setPassword(id: number, password: string): Promise<void> {
      await db.updateTable('account').set({ password }).where('id', '=', id).execute();
    },

    async setProvider(id: number, { issuer, subject }: Provided): Promise<void> {
      await db.updateTable('account').set({ issuer, subject }).where('id', '=', id).execute();
    },

    /** Makes these, and no others, the CPTS that an account leads; unknown ones are left out. */
    async setLed(id: number, cpts: readonly number[]): Promise<void> {
      await sql`delete from account_cpts where account = ${id}
        and cpts <> all(${[...cpts]}::int[])`.execute(db);
      await sql`
        insert into account_cpts (account, cpts)
        select ${id}, c.id from cpts c where c.id = any(${[...cpts]}::int[])
        on conflict do nothing`.execute(db);
    },

    /** Gives CPTS to an account; null: to none. */
    async lead(id: number | null, cpts: readonly number[]): Promise<void> {
      if (id === null) return;
      await sql`
        insert into account_cpts (account, cpts) select ${id}, unnest(${[...cpts]}::int[])
        on conflict do nothing`.execute(db);
    },

    /** The oldest open CPTS, to an account that leads none; answers those lent, by number. */
    async lendCpts(id: number): Promise<number[]> {
      const { rows } = await sql<{ cpts: number }>`
        insert into account_cpts (account, cpts)
        select ${id}, c.id from cpts c where c.status <> 'closed' and not exists (
          select from account_cpts l join cpts o on o.id = l.cpts
          where l.account = ${id} and o.status <> 'closed')
        order by c.id limit 1
        on conflict do nothing returning cpts`.execute(db);
      return rows.map(({ cpts }) => cpts);
    },

    /** Administrators who could still act if this one no longer did. */
    async otherAdministrators(id: number): Promise<number> {
      const { rows } = await sql<{ others: number }>`
        select count(*)::int as others from account
        where role = 'administrator' and not demonstration and disabled_at is null
          and id <> ${id} and (password is not null or subject is not null)`.execute(db);
      return rows[0]?.others ?? 0;
    },
  };
}

function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    departments: row.departments,
    cpts: row.cpts,
    awaiting: row.awaiting,
    hasPassword: row.has_password,
    hasProvider: row.has_provider,
    disabled: row.disabled_at !== null,
    createdAt: row.created_at.toISOString(),
    seenAt: row.seen_at?.toISOString() ?? null,
  };
}
