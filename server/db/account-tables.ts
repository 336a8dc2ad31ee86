import type { ColumnType, Generated } from 'kysely';
import type { Role } from '../core/accounts/actor.ts';
import type { Stamp } from './column-types.ts';

/** Who may sign in, and with what. */
export interface AccountTables {
  account: {
    id: Generated<number>;
    name: string;
    email: string | null;
    role: Role;
    /** null for everywhere */
    departments: string[] | null;
    awaiting: Generated<boolean>;
    demonstration: Generated<boolean>;
    password: string | null;
    issuer: string | null;
    subject: string | null;
    created_at: Stamp;
    seen_at: ColumnType<Date | null, never, never>;
    disabled_at: ColumnType<Date | null, never, never>;
  };
  account_cpts: { account: number; cpts: number };
  session: {
    /** SHA-256 of the token, hexadecimal */
    token_hash: string;
    account: number;
    created_at: Stamp;
    seen_at: Stamp;
  };
  account_link: { account: number; token_hash: string; expires_at: ColumnType<Date, never, never> };
}
