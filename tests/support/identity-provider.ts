import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface Visitor {
  sub: string;
  name?: string;
  given_name?: string;
  usual_name?: string;
  email?: string;
  email_verified?: boolean;
}

/** A provider of identities on this machine, at which `visitor` signs in without being asked. */
export async function openIdentityProvider(redirect: string) {
  let provider: Provider | null = null;
  let visitor: Visitor = { sub: 'nobody' };
  const server = createServer((request, response) => {
    const [, , uid] = (request.url ?? '').split('/');
    if (request.url?.startsWith('/interaction/')) void interact(uid ?? '');
    else void provider?.callback()(request, response);

    async function interact(_uid: string) {
      const { prompt, params, session } = await provider!.interactionDetails(request, response);
      if (prompt.name === 'login') {
        await provider!.interactionFinished(request, response, {
          login: { accountId: visitor.sub },
        });
        return;
      }
      const grant = new provider!.Grant({
        accountId: session?.accountId ?? '',
        clientId: String(params.client_id),
      });
      grant.addOIDCScope('openid email profile');
      const grantId = await grant.save();
      await provider!.interactionFinished(request, response, { consent: { grantId } });
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'maillage',
        client_secret: 'a secret',
        redirect_uris: [redirect],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'usual_name'],
    },
    findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ ...visitor }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['for tests'] },
  });

  return {
    settings: {
      issuer,
      clientId: 'maillage',
      clientSecret: 'a secret',
      scope: 'openid email profile',
      acr: null,
      name: 'Essai Connect',
    },

    /** Follows a browser from where Maillage sent it to where the provider sends it back. */
    async signIn(from: string, who: Visitor): Promise<string> {
      visitor = who;
      const jar = new Map<string, string>();
      let at = from;
      for (let hop = 0; hop < 10; hop++) {
        const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
        const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
        for (const line of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          jar.set(name, value);
        }
        const to = answer.headers.get('location');
        if (to === null) throw new Error(`${at} answered ${answer.status} ${await answer.text()}`);
        at = new URL(to, at).href;
        if (at.startsWith(redirect)) return at;
      }
      throw new Error('sent round and round');
    },

    close: () => new Promise((closed) => server.close(closed)),
  };
}
