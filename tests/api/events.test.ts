import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeEvent } from '../../server/contracts/events.ts';
import { parisDay } from '../../server/core/life/days.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { someone } from '../support/people.ts';
import { codeAt } from '../support/small-region.ts';

describe.each(engines)('the trace on %s', (engine) => {
  let api: TestApi;
  let id: number;
  let requests: string[];
  beforeAll(async () => {
    api = await openTestApi(engine);
    const answers = [
      await api.post('/api/cpts', { name: 'Été ; « A »', units: [codeAt(0, 0), codeAt(1, 0)] }),
    ];
    id = answers[0]!.json().id;
    const step = (body: object) => api.post(`/api/cpts/${id}/steps`, body);
    answers.push(await step({ step: 'accept_territory' }), await step({ step: 'deposit_project' }));
    requests = answers.map(({ headers }) => String(headers['x-request-id']));
  });
  afterAll(() => api.close());

  const list = async (query: string) => (await api.get(`/api/events?${query}`)).json();
  const verbs = async (query: string) =>
    (await list(query)).items.map(({ verb }: ChangeEvent) => verb);

  test('says who changed what, and by which request', async () => {
    const { items, total } = await list(`subject=cpts/${id}`);
    expect(total).toBe(3);
    expect(items.map(({ requestId }: ChangeEvent) => requestId)).toEqual([...requests].reverse());
    expect(items[0]).toMatchObject({
      actor: 'local',
      verb: 'deposit_project',
      subject: `cpts/${id}`,
      before: { status: 'territory_accepted' },
      after: { status: 'project_submitted' },
    });
    expect(items[2]).toMatchObject({ verb: 'create', before: null });
  });

  test('is filtered by what, who, how and when, page by page', async () => {
    await api.post('/api/cpts', { name: 'Une autre', units: [codeAt(5, 5)] });
    expect(await verbs(`subject=cpts/${id}&verb=create`)).toEqual(['create']);
    expect((await list('subject=cpts')).total).toBe(4);
    expect((await list('subject=cpt')).total).toBe(0);
    expect((await list('actor=local&subject=cpts')).total).toBe(4);
    expect((await list('actor=personne')).total).toBe(0);
    const today = parisDay(new Date());
    expect((await list(`subject=cpts&from=${today}&until=${today}`)).total).toBe(4);
    expect((await list('until=2020-01-01')).total).toBe(0);
    const page = await list(`subject=cpts/${id}&limit=1&offset=1`);
    expect(page).toMatchObject({ total: 3, limit: 1, items: [{ verb: 'accept_territory' }] });
    const wrong = await api.get('/api/events?from=2026-02-30');
    expect(wrong.json().error.code).toBe('invalid_day');
    expect((await api.get('/api/events?from=hier')).json().error.code).toBe('invalid_request');
  });

  test('is given as a table', async () => {
    const answer = await api.get(`/api/events.csv?subject=cpts/${id}`);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = answer.body.trimEnd().split('\r\n');
    expect(lines[0]).toBe('\ufeffnuméro;date;auteur;compte;action;code;objet;avant;après;requête');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain(';local;;Créer la CPTS;create;');
    expect(lines[1]).toContain('""name"":""Été ; « A »""');
    expect(lines.map((line) => line.split(';').at(-1)).slice(1)).toEqual(requests);
    expect((await api.get('/api/events.csv?until=2026-02-30')).statusCode).toBe(422);
  });

  test('is whole however long it is', async () => {
    await sql`insert into event (actor, verb, subject)
      select 'essai', 'essai', 'essai/' || n from generate_series(1, 2500) n`.execute(
      api.database.kysely,
    );
    const { body } = await api.get('/api/events.csv?subject=essai');
    const subjects = body
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(';')[6]);
    expect(subjects).toEqual(Array.from({ length: 2500 }, (_, k) => `essai/${k + 1}`));
  });

  test('is only added to, whatever the program does', async () => {
    const { kysely } = api.database;
    const tries = [
      sql`update event set actor = 'personne'`,
      sql`delete from event where id = 1`,
      sql`truncate event`,
    ];
    for (const one of tries) {
      await expect(one.execute(kysely)).rejects.toMatchObject({ code: '23001' });
    }
    expect((await list(`subject=cpts/${id}`)).total).toBe(3);
  });

  test('tells of accounts to those who keep them alone', async () => {
    const [officer, administrator] = [
      await someone(api, 'ars'),
      await someone(api, 'administrator'),
    ];
    await sql`insert into event (actor, verb, subject) values ('Léa', 'sign_in', 'account/9')`.execute(
      api.database.kysely,
    );
    for (const [who, seen] of [
      [officer, 0],
      [administrator, 1],
    ] as const) {
      const { total } = (await who.call('GET', '/api/events?actor=Léa')).json();
      const lines = (await who.call('GET', '/api/events.csv?actor=Léa')).body
        .trimEnd()
        .split('\r\n');
      expect([total, lines.length - 1]).toEqual([seen, seen]);
      expect((await who.call('GET', `/api/events?subject=cpts/${id}`)).json().total).toBe(3);
    }
  });
});
