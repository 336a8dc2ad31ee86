import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import { type Identities, identities } from './identities.ts';
import { type OpenIdProvider, type OpenIdSettings, openIdProvider } from './openid.ts';

/** How people are known. */
export interface People {
  identities: Identities;
  /** null where accounts are local alone */
  provider: OpenIdProvider | null;
  /** where people reach the program, e.g. `https://maillage.example.org`; null: where it listens */
  publicAddress: string | null;
}

export interface PeopleSettings {
  /** sessions are asked for even while there is no account */
  required: boolean;
  publicAddress: string | null;
  openId: OpenIdSettings | null;
}

/** Accounts as they are set; by default, a demonstration until there is one. */
export function people(
  db: () => Kysely<Schema>,
  { required = false, publicAddress = null, openId = null }: Partial<PeopleSettings> = {},
  clock: () => number = Date.now,
): People {
  const provider = openId && publicAddress ? openIdProvider(openId, publicAddress) : null;
  const settings = { required, provider: provider?.name ?? null };
  return { identities: identities(db, settings, clock), provider, publicAddress };
}
