import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountRepository } from '../../server/db/repositories/accounts.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { openIdentityProvider, type Visitor } from '../support/identity-provider.ts';
import { type Person, sessionCookie, someone } from '../support/people.ts';

const publicAddress = 'http://127.0.0.1:3000';
const callback = `${publicAddress}/api/oidc/callback`;

describe('sign-in through a provider of identities', () => {
  let api: TestApi;
  let provider: Awaited<ReturnType<typeof openIdentityProvider>>;
  let admin: Person;
  beforeAll(async () => {
    provider = await openIdentityProvider(callback);
    const settings = { required: true, publicAddress, openId: provider.settings };
    api = await openTestApi(engines.at(-1) ?? 'pglite', { settings });
  });
  afterAll(async () => {
    await api.close();
    await provider.close();
  });

  const start = async () => {
    const answer = await api.get('/api/oidc/start');
    const kept = answer.cookies.find(({ name }) => name === 'maillage_oidc');
    return { to: String(answer.headers.location), kept };
  };
  const back = (url: string, kept: string) =>
    api.app.inject({ url: url.replace(publicAddress, ''), cookies: { maillage_oidc: kept } });
  const comes = async (who: Visitor) => {
    const { to, kept } = await start();
    return back(await provider.signIn(to, who), kept?.value ?? '');
  };
  const sessionOf = async (who: Visitor) => {
    const { value } = sessionCookie(await comes(who));
    return (await api.app.inject({ url: '/api/session', cookies: { maillage: value } })).json();
  };
  const invite = async (email: string, role: string) =>
    (
      await admin.call('POST', '/api/accounts', {
        name: 'Camille Roy',
        email,
        role,
        departments: role === 'ars' ? ['45'] : null,
        cpts: [],
      })
    ).json().account;

  test('nobody comes before there is an administrator', async () => {
    const answer = await comes({ sub: 'early', name: 'Tôt Venue' });
    expect(answer.headers.location).toBe('/#connexion=no_administrator');
    expect(await accountRepository(api.database.kysely).anyReal()).toBe(false);
    admin = await someone(api, 'administrator');
  });

  test('goes to the provider with PKCE, a state and a nonce, which a cookie keeps', async () => {
    const { to, kept } = await start();
    const asked = Object.fromEntries(new URL(to).searchParams);
    expect(asked).toMatchObject({
      client_id: 'maillage',
      code_challenge_method: 'S256',
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid email profile',
    });
    const [state, nonce] = (kept?.value ?? '').split('.');
    expect([asked.state, asked.nonce]).toEqual([state, nonce]);
    expect(kept).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/api/oidc' });
    expect((await start()).kept?.value).not.toBe(kept?.value);
  });

  test('someone unknown only looks until they have a role, and is the same the next time', async () => {
    const who = { sub: 'new-1', given_name: 'Noé', usual_name: 'Petit' };
    const first = await sessionOf(who);
    expect(first.account).toMatchObject({ name: 'Noé Petit', role: 'reader', awaiting: true });
    expect(first.rights).toEqual(['open', 'look']);
    const { id, name } = first.account;
    const change = { name, role: 'geographer', departments: null, cpts: [], disabled: false };
    await admin.call('PUT', `/api/accounts/${id}`, change);
    expect((await sessionOf(who)).account).toMatchObject({
      id,
      role: 'geographer',
      awaiting: false,
    });
    await admin.call('PUT', `/api/accounts/${id}`, { ...change, disabled: true });
    const refused = await comes(who);
    expect(refused.headers.location).toBe('/#connexion=provider_refused');
  });

  test('an address that the provider vouches for finds the invitation', async () => {
    const invited = await invite('camille@example.org', 'ars');
    const camille = {
      sub: 'c',
      email: 'Camille@example.org',
      email_verified: true,
      name: 'C. Roy',
    };
    expect((await sessionOf(camille)).account).toMatchObject({
      id: invited.id,
      name: 'Camille Roy',
      role: 'ars',
      departments: ['45'],
    });
    await sessionOf(camille);
    const { items } = (await admin.call('GET', `/api/events?subject=account/${invited.id}`)).json();
    expect(items.map(({ verb }: { verb: string }) => verb)).toEqual([
      'sign_in',
      'sign_in',
      'link_provider',
      'create_account',
    ]);
    // Another person of the provider with the same address does not get the account.
    const other = await sessionOf({ ...camille, sub: 'd' });
    expect(other.account).toMatchObject({ role: 'reader', awaiting: true, email: null });
  });

  test('an address that nobody vouches for finds none', async () => {
    const invited = await invite('sacha@example.org', 'administrator');
    for (const [sub, email_verified] of [
      ['e', false],
      ['f', undefined],
    ] as const) {
      const { account } = await sessionOf({
        sub,
        email: 'sacha@example.org',
        ...(email_verified === undefined ? {} : { email_verified }),
      });
      expect(account).toMatchObject({ role: 'reader', email: null });
      expect(account.id).not.toBe(invited.id);
    }
  });

  test('a way back that was not begun here, or is played again, opens nothing', async () => {
    const { to, kept } = await start();
    const url = await provider.signIn(to, { sub: 'g', name: 'Gaëlle' });
    const other = (await start()).kept?.value ?? '';
    const state = new URL(url).searchParams.get('state') ?? '';
    const tries = [
      await back(url, ''),
      await back(url, other),
      await back(url.replace(state, 'x'), kept?.value ?? ''),
      await back(`${callback}?error=access_denied&state=${state}`, kept?.value ?? ''),
      await back(callback, kept?.value ?? ''),
    ];
    for (const answer of tries) {
      expect(answer.headers.location).toBe('/#connexion=provider_refused');
      expect(answer.cookies.some(({ name }) => name === 'maillage')).toBe(false);
    }
    expect((await back(url, kept?.value ?? '')).headers.location).toBe('/');
    expect((await back(url, kept?.value ?? '')).headers.location).toBe(
      '/#connexion=provider_refused',
    );
  });
});
