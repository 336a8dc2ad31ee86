import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grants, type Right, type Role, roles } from '../../server/core/accounts/actor.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { type Person, someone } from '../support/people.ts';
import { codeAt } from '../support/small-region.ts';

/** A thing that is not there, so that what is allowed changes nothing. */
const nothing: Record<string, string> = {
  id: '999999',
  number: '1',
  link: '999999',
  comment: '999999',
  code: '01001',
  a: '999998',
  b: '999999',
  token: 'none',
  specialty: 'none',
  vintage: 'none',
  z: '1',
  x: '1',
  y: '1',
};

// The rules are the same on both engines: once, where several connections work at a time.
describe('what each role may call', () => {
  let api: TestApi;
  const routes: { method: Method; url: string; right: Right; ground: boolean }[] = [];
  const people = new Map<Role, Person>();
  type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

  beforeAll(async () => {
    const onRoute = ({ method, url, config }: RouteOptions) => {
      if (method === 'HEAD' || !config?.right) return;
      const { right, ground = false } = config;
      routes.push({ method: method as Method, url, right, ground });
    };
    api = await openTestApi(engines.at(-1) ?? 'pglite', { onRoute });
    for (const role of roles) people.set(role, await someone(api, role));
  });
  afterAll(() => api.close());

  const address = (url: string, id = nothing.id) =>
    url.replaceAll(/:(\w+)/g, (_, name: string) =>
      name === 'id' ? (id ?? '') : (nothing[name] ?? `no value for :${name}`),
    );
  const said = (answer: { statusCode: number; body: string }) => {
    const code = answer.statusCode >= 400 ? JSON.parse(answer.body).error.code : '';
    return `${answer.statusCode} ${code}`;
  };

  test('without a session: what is open or shared, and nothing else', async () => {
    expect(routes.length).toBeGreaterThan(60);
    for (const { method, url, right } of routes) {
      const answer = said(await api.app.inject({ method, url: address(url) }));
      const free = right === 'open' || right === 'shared';
      // Signing in fails with 401 too, for another reason.
      expect([method, url, answer === '401 not_signed_in']).toEqual([method, url, !free]);
    }
  });

  test('with a session: what the role grants, and nothing else', async () => {
    for (const role of roles) {
      for (const { method, url, right } of routes) {
        if (right === 'open' || right === 'shared') continue;
        const person = people.get(role);
        const answer = said(await person!.call(method, address(url)));
        const allowed = grants(role, right);
        const others = role === 'leader' && right === 'draw' && url.startsWith('/api/cpts/:id');
        const route = [role, method, url];
        if (!allowed) expect([...route, answer]).toEqual([...route, '403 forbidden']);
        else if (others) expect([...route, answer]).toEqual([...route, '403 not_your_cpts']);
        else expect([...route, answer]).not.toEqual([...route, expect.stringMatching(/^40[13] /)]);
      }
    }
  });

  test('an officer decides in their departments, and in no other', async () => {
    const [here, there] = [
      [codeAt(7, 4), codeAt(7, 5)],
      [codeAt(1, 4), codeAt(1, 5)],
    ];
    const officer = await someone(api, 'ars', { departments: ['41'] });
    const boss = people.get('administrator')!;
    const post = (who: Person, url: string, body: object) => who.call('POST', url, body);
    const create = async (units: string[]) =>
      (await post(boss, '/api/cpts', { name: 'Une CPTS', units })).json().id as number;
    const step = (who: Person, id: number, name: string) =>
      post(who, `/api/cpts/${id}/steps`, { step: name, reason: 'Un motif' });
    const version = (who: Person, id: number, path: string) =>
      post(who, `/api/cpts/${id}/versions/2/${path}`, { reason: 'Un motif' });
    const propose = (id: number, removed: string[]) =>
      boss.call('PUT', `/api/cpts/${id}/territory`, { basedOn: 1, added: [], removed });
    const bring = (units: string[], status: string) =>
      post(officer, '/api/cpts-lists/import', {
        cpts: [{ name: `Liste ${units}`, units, status }],
      });

    const [theirs, foreign] = [await create(here), await create(there)];
    // One that goes over the border is decided on by both ARS together: by neither alone.
    const across = await create([here[0]!, there[0]!]);
    for (const [id, answer] of [
      [foreign, '403 forbidden'],
      [across, '403 forbidden'],
      [theirs, '200 '],
    ] as const) {
      expect([id, said(await step(officer, id, 'accept_territory'))]).toEqual([id, answer]);
    }
    expect(said(await step(boss, foreign, 'accept_territory'))).toBe('200 ');
    await propose(foreign, [there[1]!]);
    await propose(theirs, [here[1]!]);
    for (const path of ['accept', 'refuse']) {
      expect([path, said(await version(officer, foreign, path))]).toEqual([path, '403 forbidden']);
    }
    expect(said(await version(officer, theirs, 'accept'))).toBe('200 ');
    for (const name of ['deposit_project', 'close']) {
      expect([name, said(await step(officer, foreign, name))]).toEqual([name, '403 forbidden']);
      expect([name, said(await step(officer, theirs, name))]).toEqual([name, '200 ']);
    }
    expect(said(await bring([there[1]!], 'territory_accepted'))).toBe('403 forbidden');
    expect(said(await bring([there[1]!], 'idea'))).toBe('201 ');
    expect(said(await bring([here[1]!], 'territory_accepted'))).toBe('201 ');
  });

  test('a leader draws in their CPTS as in no other', async () => {
    const units = [codeAt(0, 0)];
    const leader = people.get('leader')!;
    const create = async (who: Person) =>
      (await who.call('POST', '/api/cpts', { name: 'Une CPTS', units })).json().id as number;
    const own = await create(leader);
    const other = await create(people.get('geographer')!);
    const change = { basedOn: 1, added: [codeAt(0, 1)], removed: [] };
    const draw = (who: Person, id: number) => who.call('PUT', `/api/cpts/${id}/territory`, change);
    expect(said(await draw(leader, other))).toBe('403 not_your_cpts');
    expect(said(await draw(leader, own))).toBe('200 ');
    expect(said(await draw(people.get('ars')!, other))).toBe('200 ');
    expect(said(await draw(people.get('reader')!, own))).toBe('403 forbidden');
    const several = {
      cpts: [
        { name: 'Deux', units },
        { name: 'Trois', units },
      ],
    };
    const made = (await leader.call('POST', '/api/cpts-drafts', several)).json();
    expect(said(await draw(leader, made.created[1].cpts))).toBe('200 ');
  });
});
