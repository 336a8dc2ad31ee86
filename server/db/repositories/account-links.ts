import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** Links that set the password of an account, once; tokens come as their SHA-256. */
export function accountLinkRepository(db: Kysely<Schema>) {
  return {
    /** The link of an account, in place of the one it had. */
    async put(account: number, tokenHash: string, days: number): Promise<void> {
      await sql`
        insert into account_link (account, token_hash, expires_at)
        values (${account}, ${tokenHash}, now() + ${days} * interval '1 day')
        on conflict (account) do update
          set token_hash = excluded.token_hash, expires_at = excluded.expires_at`.execute(db);
    },

    /** Whose a link is, while it lasts and the account is not disabled. */
    async find(
      tokenHash: string,
    ): Promise<{ id: number; name: string; email: string | null } | undefined> {
      const { rows } = await sql<{ id: number; name: string; email: string | null }>`
        select a.id, a.name, a.email from account_link l join account a on a.id = l.account
        where l.token_hash = ${tokenHash} and l.expires_at > now() and a.disabled_at is null
        `.execute(db);
      return rows[0];
    },

    /** Takes a link away; false where another was quicker. */
    async take(tokenHash: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('account_link')
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async remove(account: number): Promise<void> {
      await db.deleteFrom('account_link').where('account', '=', account).execute();
    },
  };
}
