import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import type { Database } from '../../server/db/database.ts';
import type { DomainError } from '../../server/errors.ts';
import { checkAccounts, welcome } from '../../server/usecases/accounts/start.ts';
import type { LoadedRegion } from '../../server/usecases/region-state.ts';
import { openTestApi, readSmallRegion, type TestApi, type TestApiOptions } from '../support/api.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import { sessionCookie, someone } from '../support/people.ts';
import { quickPasswords } from '../support/quick-passwords.ts';
import { codeAt } from '../support/small-region.ts';

const password = 'quatre mots sans rapport';
const camille = { name: 'Camille Roy', email: 'Camille@Example.org', password };

quickPasswords();

describe.each(engines)('sessions on %s', (engine) => {
  let database: Database;
  let loaded: LoadedRegion;
  let api: TestApi;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    loaded = await readSmallRegion(database);
  });
  afterEach(async () => {
    await sql`delete from account`.execute(database.kysely);
    await sql`delete from cpts`.execute(database.kysely);
    await api.close();
  });
  afterAll(async () => {
    await loaded.tiles.close();
    await database.close();
  });
  const open = async (options: TestApiOptions = {}) => {
    api = await openTestApi(engine, { ...options, database, loaded });
  };
  const code = (answer: { json(): { error?: { code: string } } }) => answer.json().error?.code;
  const signIn = ({ email, password }: { email: string; password: string }, more: object = {}) =>
    api.app.inject({ method: 'POST', url: '/api/session', payload: { email, password }, ...more });
  const as = (token: string, url: string, more: object = {}) =>
    api.app.inject({ url, cookies: { maillage: token }, ...more });

  test('a demonstration lets everything be done, and each role be tried', async () => {
    await open();
    const units = [codeAt(0, 0), codeAt(0, 1)];
    expect((await api.get('/api/session')).json()).toMatchObject({
      mode: 'demonstration',
      account: null,
      rights: expect.arrayContaining(['administer']),
    });
    const first = (await api.post('/api/cpts', { name: 'Une', units })).json().id;
    const second = (await api.post('/api/cpts', { name: 'Deux', units })).json().id;

    const put = (body: object, token = '') =>
      as(token, '/api/session/role', { method: 'PUT', payload: body });
    const leader = await put({ role: 'leader' });
    expect(leader.json()).toMatchObject({
      mode: 'demonstration',
      account: { role: 'leader', cpts: [first] },
      rights: ['open', 'look', 'draw'],
    });
    const { value: token } = sessionCookie(leader);
    const link = { kind: 'view', label: '' };
    const share = (id: number, who = token) =>
      as(who, `/api/cpts/${id}/links`, { method: 'POST', payload: link });
    expect((await share(first)).statusCode).toBe(201);
    expect([(await share(second)).statusCode, code(await share(second))]).toEqual([
      403,
      'not_your_cpts',
    ]);
    const flows = { kind: 'modelled' };
    expect(code(await as(token, '/api/flow-models', { method: 'POST', payload: flows }))).toBe(
      'forbidden',
    );
    // Who is tried leads what they create.
    const own = await as(token, '/api/cpts', {
      method: 'POST',
      payload: { name: 'Trois', units },
    });
    expect((await share(own.json().id)).statusCode).toBe(201);

    const reader = sessionCookie(await put({ role: 'reader' }, token)).value;
    expect(code(await share(first, reader))).toBe('forbidden');
    const back = await put({ role: null }, reader);
    expect(back.json()).toMatchObject({ account: null });
    expect(sessionCookie(back).value).toBe('');
  });

  test('a demonstration is not relayed to the network', async () => {
    await open();
    const relayed = (headers: Record<string, string>) =>
      api.app.inject({ url: '/api/cpts', headers });
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
      expect((await relayed({ [header]: '203.0.113.7' })).statusCode).toBe(403);
    }
    expect((await relayed({})).statusCode).toBe(200);
  });

  test('the first administrator ends it: sessions are asked for, and tried roles open nothing', async () => {
    await open();
    const tried = await as('', '/api/session/role', {
      method: 'PUT',
      payload: { role: 'administrator' },
    });
    const made = await api.post('/api/first-administrator', camille);
    expect(made.json()).toMatchObject({
      mode: 'accounts',
      account: { name: 'Camille Roy', email: 'camille@example.org', role: 'administrator' },
    });
    const cookie = sessionCookie(made);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(cookie.secure).toBeUndefined();
    expect((await as(cookie.value, '/api/accounts')).json()).toMatchObject({ total: 1 });

    for (const answer of [
      await api.get('/api/cpts'),
      await as(sessionCookie(tried).value, '/api/cpts'),
      await as('A'.repeat(43), '/api/cpts'),
    ]) {
      expect([answer.statusCode, code(answer)]).toEqual([401, 'not_signed_in']);
    }
    expect((await api.get('/api/session')).json()).toMatchObject({ account: null, rights: [] });
    expect((await api.get('/api/health')).statusCode).toBe(200);
    const again = await api.post('/api/first-administrator', {
      ...camille,
      email: 'b@example.org',
    });
    expect(code(again)).toBe('unknown_invitation');
    const role = await as('', '/api/session/role', { method: 'PUT', payload: { role: 'ars' } });
    expect(code(role)).toBe('not_a_demonstration');
  });

  test('where accounts are asked for, only the link of the terminal makes the first', async () => {
    await open({ settings: { required: true } });
    expect((await api.get('/api/cpts')).statusCode).toBe(401);
    const make = (token?: string) =>
      api.post('/api/first-administrator', { ...camille, ...(token && { token }) });
    // What the terminal tells at each start; of another network, the program starts only so.
    const { kysely } = api.database;
    const told = () => welcome(kysely, api.people, 'http://127.0.0.1:3000');
    const printed = async () =>
      /^http:\/\/127\.0\.0\.1:3000\/#premier=([\w-]{43})$/m.exec(await told())?.[1];
    const starts = (argv: string[], env: Record<string, string> = {}) =>
      checkAccounts(kysely, readConfig(argv, env).config).then(
        () => 'starts',
        ({ code: refused }: DomainError) => refused,
      );
    const elsewhere = { MAILLAGE_PUBLIC_ADDRESS: 'https://maillage.example.org' };
    expect(await starts([])).toBe('starts');
    expect(await starts(['--host', '0.0.0.0'])).toBe('accounts_needed');
    expect(await starts([], elsewhere)).toBe('accounts_needed');
    expect(await starts([], { ...elsewhere, MAILLAGE_ACCOUNTS: 'on' })).toBe('starts');
    const replaced = await printed();
    const token = await printed();
    expect(token).not.toBe(replaced);
    for (const wrong of [undefined, 'x', 'A'.repeat(43), replaced]) {
      expect(code(await make(wrong))).toBe('unknown_invitation');
    }
    expect((await make(token)).statusCode).toBe(200);
    expect(code(await make(token))).toBe('accounts_exist');
    expect(await told()).toBe('Comptes : la page demande de se connecter.');
    expect(await starts(['--host', '0.0.0.0'])).toBe('starts');
  });

  test('signing in and out; nothing in the database opens a session', async () => {
    await open();
    await api.post('/api/first-administrator', camille);
    const signed = await signIn({ email: ' camille@example.ORG', password });
    expect(signed.json()).toMatchObject({ account: { name: 'Camille Roy' } });
    expect(signed.headers['cache-control']).toBe('no-store');
    const { value: token } = sessionCookie(signed);
    expect(token).toMatch(/^[\w-]{43}$/);
    const { rows } = await sql<{ text: string }>`
      select string_agg(row::text, ' ') as text from (
        select to_jsonb(s) as row from session s union all select to_jsonb(a) from account a) all_rows
      `.execute(api.database.kysely);
    expect(rows[0]?.text).toContain('scrypt$32768$8$3$');
    for (const secret of [token, password]) expect(rows[0]?.text).not.toContain(secret);

    const out = await as(token, '/api/session', { method: 'DELETE' });
    expect(out.json()).toMatchObject({ account: null });
    expect((await as(token, '/api/cpts')).statusCode).toBe(401);
  });

  test('a wrong address, a wrong password and a disabled account are told alike', async () => {
    await open();
    const admin = await someone(api, 'administrator');
    const made = await admin.call('POST', '/api/accounts', {
      name: 'Camille Roy',
      email: 'camille@example.org',
      role: 'reader',
      departments: null,
      cpts: [],
    });
    const { account, token } = made.json();
    await api.post('/api/invitations/accept', { token, password });
    const { id, name } = account;
    const change = { name, role: 'reader', departments: null, cpts: [], disabled: true };
    const answers = [
      await signIn({ email: 'nobody@example.org', password }),
      await signIn({ email: 'camille@example.org', password: `${password}.` }),
    ];
    expect((await admin.call('PUT', `/api/accounts/${id}`, change)).json().disabled).toBe(true);
    answers.push(await signIn({ email: 'camille@example.org', password }));
    const said = answers.map((answer) => [answer.statusCode, answer.json().error.message]);
    expect(new Set(said.map(String)).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(401);
  });

  test('a session ends after half a day without a request, and after a month', async () => {
    await open();
    const { call } = await someone(api, 'reader');
    const age = async (what: 'seen_at' | 'created_at', age: string) => {
      await sql`update session set ${sql.ref(what)} = now() - ${age}::interval`.execute(
        api.database.kysely,
      );
      api.people.identities.forget();
    };
    await age('seen_at', '11 hours');
    expect((await call('GET', '/api/cpts')).statusCode).toBe(200);
    // Seen just now, so that the half day starts again.
    const { rows } = await sql<{ recent: boolean }>`
      select seen_at > now() - interval '1 minute' as recent from session`.execute(
      api.database.kysely,
    );
    expect(rows).toEqual([{ recent: true }]);
    await age('seen_at', '13 hours');
    expect((await call('GET', '/api/cpts')).statusCode).toBe(401);
    await age('seen_at', '1 minute');
    expect((await call('GET', '/api/cpts')).statusCode).toBe(200);
    await age('created_at', '31 days');
    expect((await call('GET', '/api/cpts')).statusCode).toBe(401);
  });

  test('another password ends the other sessions', async () => {
    await open();
    const { value: here } = sessionCookie(await api.post('/api/first-administrator', camille));
    const { value: there } = sessionCookie(await signIn(camille));
    const change = (current: string, next: string) =>
      as(here, '/api/session/password', { method: 'PUT', payload: { current, next } });
    expect(code(await change('wrong', 'cinq mots qui se suivent'))).toBe('wrong_credentials');
    expect(code(await change(password, 'court'))).toBe('weak_password');
    expect(code(await change(password, 'camille roy 1234'))).toBe('weak_password');
    const changed = await change(password, 'cinq mots qui se suivent');
    expect(changed.statusCode).toBe(200);
    for (const old of [here, there]) {
      expect((await as(old, '/api/cpts')).statusCode).toBe(401);
    }
    expect((await as(sessionCookie(changed).value, '/api/cpts')).statusCode).toBe(200);
    expect((await signIn(camille)).statusCode).toBe(401);
  });

  test('guessing is slowed by account and by address', async () => {
    let now = 1_000_000;
    await open({ clock: () => now });
    await api.post('/api/first-administrator', camille);
    const guess = (email: string, remoteAddress: string) =>
      signIn({ email, password: 'a guess' }, { remoteAddress });
    for (let k = 0; k < 10; k++) {
      expect((await guess(camille.email, `198.51.100.${k}`)).statusCode).toBe(401);
    }
    const slowed = await guess('camille@example.org', '198.51.100.99');
    expect([slowed.statusCode, code(slowed)]).toEqual([429, 'too_many_sign_ins']);
    // The right password waits too: an answer would tell it.
    expect((await signIn(camille)).statusCode).toBe(429);
    now += 15 * 60_000;
    expect((await signIn(camille)).statusCode).toBe(200);
  });

  test('over https the cookie stays on this host, and http is not asked again', async () => {
    await open({
      settings: { publicAddress: 'https://maillage.example.org' },
    });
    const headers = { host: 'maillage.example.org', origin: 'https://maillage.example.org' };
    const made = await api.app.inject({
      method: 'POST',
      url: '/api/first-administrator',
      payload: camille,
      headers,
    });
    expect(sessionCookie(made)).toMatchObject({ name: '__Host-maillage', secure: true, path: '/' });
    expect(made.headers['strict-transport-security']).toBe('max-age=15724800');
  });

  test('a page of another site changes nothing with the cookies of who is signed in', async () => {
    await open();
    const { value: token } = sessionCookie(await api.post('/api/first-administrator', camille));
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
    ]) {
      for (const [method, url] of [
        ['POST', '/api/accounts'],
        ['DELETE', '/api/session'],
        ['POST', '/api/session'],
      ]) {
        const answer = await as(token, url ?? '', { method, headers });
        expect([answer.statusCode, code(answer)]).toEqual([403, 'foreign_origin']);
      }
    }
    expect((await as(token, '/api/accounts')).statusCode).toBe(200);
  });

  test('the holder of a link sees what lies under the territory, without an account', async () => {
    await open();
    const admin = await someone(api, 'administrator');
    const units = [codeAt(0, 0)];
    const { id } = (await admin.call('POST', '/api/cpts', { name: 'Une', units })).json();
    const link = { kind: 'view', label: '' };
    const { token, id: number } = (await admin.call('POST', `/api/cpts/${id}/links`, link)).json();
    const shown = await api.get(`/api/shared/${token}`);
    const held = shown.cookies.find(({ name }) => name === 'maillage_link');
    expect(held).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api', value: token });
    const holding = (url: string) => api.app.inject({ url, cookies: { maillage_link: token } });
    expect((await holding('/api/unit-graph')).statusCode).toBe(200);
    for (const url of ['/api/cpts', '/api/units', `/api/cpts/${id}/links`]) {
      expect((await holding(url)).statusCode).toBe(401);
    }
    expect((await api.get('/api/unit-graph')).statusCode).toBe(401);
    await admin.call('POST', `/api/cpts/${id}/links/${number}/revoke`);
    api.people.identities.forget();
    expect((await holding('/api/unit-graph')).statusCode).toBe(401);
  });
});
