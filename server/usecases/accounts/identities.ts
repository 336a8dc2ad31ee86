import type { Kysely } from 'kysely';
import type { Session } from '../../contracts/accounts.ts';
import { type Actor, localActor, rights, rightsOf } from '../../core/accounts/actor.ts';
import { failedAttempts } from '../../core/accounts/attempts.ts';
import { accountRepository } from '../../db/repositories/accounts.ts';
import { type Signed, sessionRepository } from '../../db/repositories/sessions.ts';
import { shareLinkRepository } from '../../db/repositories/share-links.ts';
import type { Schema } from '../../db/schema.ts';
import { hasHash, hashOf, newToken } from './tokens.ts';

/**
 * Milliseconds during which what a session allows is taken from memory to look at things: a map asks
 * for dozens of tiles a second, and an embedded database may be at another work. Whatever changes
 * something asks the database.
 */
const REMEMBERED = 10_000;
const MOST_REMEMBERED = 2000;
const QUARTER = 15 * 60_000;

export interface IdentitySettings {
  /** sessions are asked for even while there is no account */
  required: boolean;
  /** name of the identity provider, or null */
  provider: string | null;
}

/** Who calls: sessions, and the demonstration while there is no account. */
export type Identities = ReturnType<typeof identities>;

export function identities(
  db: () => Kysely<Schema>,
  { required, provider }: IdentitySettings,
  clock: () => number = Date.now,
) {
  const remembered = new Map<string, { until: number; value: unknown }>();
  let real = false;
  let firstLink: string | null = null;

  /** What was read less than ten seconds ago, else what is read now. */
  async function recall<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = remembered.get(key);
    if (known && known.until > clock()) return known.value as T;
    const value = await read();
    remembered.delete(key);
    remembered.set(key, { until: clock() + REMEMBERED, value });
    const first = remembered.keys().next();
    if (remembered.size > MOST_REMEMBERED && !first.done) remembered.delete(first.value);
    return value;
  }

  /** Accounts are never removed: once there is one there always is. */
  async function anyReal(): Promise<boolean> {
    real ||= await recall('accounts', () => accountRepository(db()).anyReal());
    return real;
  }

  async function demonstration(): Promise<boolean> {
    return !required && !(await anyReal());
  }

  async function signed(token: string | undefined, fresh: boolean): Promise<Signed | undefined> {
    if (!token || !isToken(token)) return undefined;
    const hash = hashOf(token);
    const read = () => sessionRepository(db()).use(hash);
    const found = fresh ? await read() : await recall(`session ${hash}`, read);
    // Roles tried in a demonstration open nothing once there are accounts.
    return found && (!found.demonstration || (await demonstration())) ? found : undefined;
  }

  return {
    demonstration,

    /** null where nobody is known to call */
    async identify(
      token: string | undefined,
      { fresh }: { fresh: boolean },
    ): Promise<Actor | null> {
      const found = await signed(token, fresh);
      if (found) return actorOf(found);
      return (await demonstration()) ? localActor : null;
    },

    /** Whether someone holds a link to a territory, and so may see what lies under it. */
    async holdsLink(token: string | undefined): Promise<boolean> {
      if (!token || !isToken(token)) return false;
      const hash = hashOf(token);
      return recall(
        `link ${hash}`,
        async () => (await shareLinkRepository(db()).use(hash)) !== undefined,
      );
    },

    /** What the page of a caller needs to know of them. */
    async describe(token: string | undefined): Promise<Session> {
      const found = await signed(token, true);
      const trying = await demonstration();
      const mode = trying ? 'demonstration' : 'accounts';
      if (!found) return { mode, account: null, rights: trying ? [...rights] : [], provider };
      const { account: id, name, email, role, departments, cpts, awaiting } = found;
      const account = { id, name, email, role, departments, cpts, awaiting };
      return { mode, account, rights: [...rightsOf(role)], provider };
    },

    /** After accounts or sessions changed. */
    forget(): void {
      remembered.clear();
    },

    /** A new token that makes the first administrator, as long as this program runs. */
    offerFirstLink(): string {
      const token = newToken();
      firstLink = hashOf(token);
      return token;
    },
    isFirstLink: (token: string | undefined): boolean =>
      firstLink !== null && token !== undefined && hasHash(token, firstLink),

    clock,
    /** failed sign-ins; a person who mistypes has room, a program that guesses has not */
    failures: {
      account: failedAttempts({ most: 10, window: QUARTER, keys: 10_000 }),
      address: failedAttempts({ most: 50, window: QUARTER, keys: 10_000 }),
    },
  };
}

const isToken = (text: string) => /^[\w-]{43}$/.test(text);

function actorOf({ account, name, role, cpts, departments }: Signed): Actor {
  return { account, name, role, cpts, departments };
}
