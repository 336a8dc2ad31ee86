import { type Kysely, sql } from 'kysely';
import type { Role } from '../../core/accounts/actor.ts';
import type { Schema } from '../schema.ts';

/** Whom a session is of. */
export interface Signed {
  account: number;
  name: string;
  email: string | null;
  role: Role;
  departments: string[] | null;
  cpts: number[];
  awaiting: boolean;
  demonstration: boolean;
}

/** Half a day without a request, or a month, ends a session. */
const alive = sql`s.seen_at > now() - interval '12 hours' and s.created_at > now() - interval '30 days'`;

/** Sessions; tokens come as their SHA-256. */
export function sessionRepository(db: Kysely<Schema>) {
  return {
    /** Opens one, and sweeps those that have ended. */
    async insert(tokenHash: string, account: number): Promise<void> {
      await sql`delete from session s where not (${alive})`.execute(db);
      await db.insertInto('session').values({ token_hash: tokenHash, account }).execute();
      await sql`update account set seen_at = now() where id = ${account}`.execute(db);
    },

    /** Whom a session is of, unless it has ended; its use is noted, to five minutes. */
    async use(tokenHash: string): Promise<Signed | undefined> {
      const { rows } = await sql<Signed & { stale: boolean }>`
        select a.id as account, a.name, a.email, a.role, a.departments, a.awaiting,
          a.demonstration,
          array(select c.cpts from account_cpts c where c.account = a.id order by c.cpts) as cpts,
          s.seen_at < now() - interval '5 minutes' as stale
        from session s join account a on a.id = s.account
        where s.token_hash = ${tokenHash} and a.disabled_at is null and ${alive}`.execute(db);
      const [found] = rows;
      if (!found) return undefined;
      const { stale, ...signed } = found;
      if (stale) {
        await sql`update session set seen_at = now() where token_hash = ${tokenHash}`.execute(db);
        await sql`update account set seen_at = now() where id = ${signed.account}`.execute(db);
      }
      return signed;
    },

    /** Ends one, and says whose it was; undefined where it had ended. */
    async end(tokenHash: string): Promise<{ id: number; name: string } | undefined> {
      const { rows } = await sql<{ id: number; name: string }>`
        with ended as (delete from session where token_hash = ${tokenHash} returning account)
        select a.id, a.name from ended e join account a on a.id = e.account`.execute(db);
      return rows[0];
    },

    async endAllOf(account: number): Promise<void> {
      await db.deleteFrom('session').where('account', '=', account).execute();
    },
  };
}
