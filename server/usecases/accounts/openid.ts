import type { Kysely } from 'kysely';
import * as oidc from 'openid-client';
import { accountRepository } from '../../db/repositories/accounts.ts';
import { eventRepository } from '../../db/repositories/events.ts';
import type { Schema } from '../../db/schema.ts';
import { DomainError } from '../../errors.ts';
import { comeIn, normalEmail } from './sign-in.ts';

export interface OpenIdSettings {
  /** address of the provider, under which it describes itself */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** claims asked for, e.g. `openid email profile` */
  scope: string;
  /** level of assurance that some providers want named, e.g. `eidas1`; null names none */
  acr: string | null;
  /** what it is called in the page */
  name: string;
}

/** What the browser keeps between going to the provider and coming back. */
interface Exchange {
  state: string;
  nonce: string;
  verifier: string;
}

/** Who a provider says has come. */
interface Visitor {
  issuer: string;
  subject: string;
  name: string;
  /** null unless the provider vouches for it */
  email: string | null;
}

export type OpenIdProvider = ReturnType<typeof openIdProvider>;

/**
 * OpenID Connect Core 1.0, authorisation code with PKCE (RFC 7636), state and nonce; ID tokens are
 * verified by `openid-client`. The provider is asked what it is at the first sign-in, so that the
 * program starts without it.
 *
 * @param publicAddress where people reach the program
 */
export function openIdProvider(settings: OpenIdSettings, publicAddress: string) {
  const redirect = new URL('/api/oidc/callback', publicAddress).href;
  const issuer = new URL(settings.issuer);
  let discovered: Promise<oidc.Configuration> | null = null;

  function configuration(): Promise<oidc.Configuration> {
    discovered ??= oidc
      .discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
        timeout: 10,
        // A provider on this machine, for tests, has no certificate; no other may do without.
        execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
      })
      .catch((cause: unknown) => {
        discovered = null;
        throw new DomainError(
          'provider_unreachable',
          `${settings.name} ne répond pas : réessayez dans un instant, ou connectez-vous avec un mot de passe si vous en avez un.`,
          undefined,
          { cause },
        );
      });
    return discovered;
  }

  return {
    name: settings.name,

    /** Where to send the browser, and what it keeps meanwhile. */
    async start(): Promise<{ to: string; kept: string }> {
      const config = await configuration();
      const exchange: Exchange = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const to = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirect,
        scope: settings.scope,
        state: exchange.state,
        nonce: exchange.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(exchange.verifier),
        code_challenge_method: 'S256',
        ...(settings.acr === null ? {} : { acr_values: settings.acr }),
      });
      const { state, nonce, verifier } = exchange;
      return { to: to.href, kept: [state, nonce, verifier].join('.') };
    },

    /**
     * Who came back, from the query the provider sent them with.
     *
     * @throws DomainError `provider_refused`, `provider_unreachable`
     */
    async finish(query: string, kept: string | undefined): Promise<Visitor> {
      const [state, nonce, verifier] = (kept ?? '').split('.');
      if (!state || !nonce || !verifier) throw refused(settings.name);
      const config = await configuration();
      try {
        const tokens = await oidc.authorizationCodeGrant(config, new URL(`${redirect}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new Error('no ID token');
        const told = config.serverMetadata().userinfo_endpoint
          ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
          : {};
        return visitor(claims.iss, claims.sub, { ...claims, ...told });
      } catch (cause) {
        throw refused(settings.name, cause);
      }
    },
  };
}

function visitor(issuer: string, subject: string, claims: Record<string, unknown>): Visitor {
  const text = (name: string) => {
    const value = claims[name];
    return typeof value === 'string' ? value.trim().slice(0, 200) : '';
  };
  // ProConnect calls the family name « usual_name ».
  const family = text('family_name') || text('usual_name');
  const whole = text('name') || [text('given_name'), family].filter(Boolean).join(' ');
  const email = normalEmail(text('email'));
  const vouched = claims.email_verified === true && /^[^\s@]+@[^\s@]+$/.test(email);
  const name = printable(whole).slice(0, 80) || (vouched ? email : 'Sans nom');
  return { issuer, subject, name, email: vouched ? email : null };
}

/** What comes from elsewhere is shown in lists and signs events: no control characters. */
const printable = (text: string) => text.replace(/\p{Cc}+/gu, ' ').trim();

/**
 * Opens a session for who came from the provider: the account they came with before; else the one of
 * their e-mail address, which they were invited to; else a new one that only looks, until an
 * administrator gives it a role.
 *
 * @throws DomainError `provider_refused` for a disabled account, `no_administrator` where there is no
 *   account yet
 */
export async function welcomeVisitor(
  db: Kysely<Schema>,
  { name, email, ...provider }: Visitor,
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const accounts = accountRepository(tx);
    await accounts.lock();
    if (!(await accounts.anyReal())) {
      throw new DomainError(
        'no_administrator',
        'Maillage n’a pas encore d’administrateur : il se crée avec le lien affiché dans le terminal, puis invite les autres.',
      );
    }
    const known = await accounts.ofProvider(provider);
    if (known) return admit(tx, known);
    const invited = email === null ? undefined : await accounts.ofEmail(email);
    if (invited && !invited.provided) {
      await accounts.setProvider(invited.id, provider);
      await eventRepository(tx).record({
        actor: invited.name,
        verb: 'link_provider',
        subject: `account/${invited.id}`,
        after: { issuer: provider.issuer },
      });
      return admit(tx, invited);
    }
    const free = invited ? null : email;
    const id = await accounts.insert({
      name,
      email: free,
      role: 'reader',
      departments: null,
      awaiting: true,
      provider,
    });
    if (id === undefined) throw new Error('an account of this address appeared under the lock');
    await eventRepository(tx).record({
      actor: name,
      verb: 'create_account',
      subject: `account/${id}`,
      after: { name, email: free, role: 'reader', awaiting: true, issuer: provider.issuer },
    });
    return comeIn(tx, { id, name });
  });
}

interface Known {
  id: number;
  name: string;
  disabled: boolean;
}

async function admit(tx: Kysely<Schema>, { disabled, ...known }: Known) {
  if (!disabled) return comeIn(tx, known);
  throw new DomainError(
    'provider_refused',
    'Ce compte est désactivé : demandez à l’administrateur de Maillage de le rouvrir.',
  );
}

function refused(name: string, cause?: unknown): DomainError {
  return new DomainError(
    'provider_refused',
    `La connexion par ${name} n’a pas abouti : recommencez-la depuis la page de connexion.`,
    undefined,
    { cause },
  );
}
