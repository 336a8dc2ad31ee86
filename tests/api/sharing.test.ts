import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

describe.each(engines)('sharing a territory on %s', (engine) => {
  let api: TestApi;
  let id: number;
  beforeAll(async () => {
    api = await openTestApi(engine);
    ({ id } = (await api.post('/api/cpts', { name: 'Du Giennois', units: [x, y] })).json());
  });
  afterAll(async () => {
    await api.close();
  });

  const [x, y, far] = [codeAt(0, 4), codeAt(0, 5), codeAt(7, 0)];
  const link = async (kind: 'view' | 'comment', label = '') =>
    (await api.post(`/api/cpts/${id}/links`, { kind, label })).json();
  const code = (answer: { json(): { error: { code: string } } }) => answer.json().error.code;

  test('a link to look shows the present territory, and takes no comment', async () => {
    const made = await api.post(`/api/cpts/${id}/links`, { kind: 'view', label: ' Mairies ' });
    expect(made.statusCode).toBe(201);
    const { token, ...known } = made.json();
    // 256 bits.
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(known).toMatchObject({ kind: 'view', label: 'Mairies', usedAt: null, revokedAt: null });

    const seen = await api.get(`/api/shared/${token}`);
    expect(seen.json()).toMatchObject({
      kind: 'view',
      cpts: { name: 'Du Giennois', version: 1, units: [x, y], figures: { communes: 2 } },
      comments: [],
    });
    expect(seen.json().cpts).not.toHaveProperty('id');
    expect(seen.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    const refused = await api.post(`/api/shared/${token}/comments`, { text: 'Bonjour' });
    expect([refused.statusCode, code(refused)]).toEqual([403, 'link_is_view_only']);
    const [listed] = (await api.get(`/api/cpts/${id}/links`)).json().items;
    expect(listed).toMatchObject({ id: known.id, usedAt: expect.stringMatching(/^\d{4}/) });
    expect(listed).not.toHaveProperty('token');
  });

  test('the token is kept nowhere', async () => {
    const { token } = await link('comment', 'Secret');
    await api.get(`/api/shared/${token}`);
    const { rows } = await sql<{ text: string }>`
      select coalesce(string_agg(row::text, ' '), '') as text from (
        select to_jsonb(l) as row from share_link l union all select to_jsonb(e) from event e) all_rows
      `.execute(api.database.kysely);
    expect(rows[0]?.text).toContain('Secret');
    expect(rows[0]?.text).not.toContain(token);
  });

  test('a revoked link and a wrong one are told alike', async () => {
    const { id: number, token } = await link('comment');
    const ended = await api.post(`/api/cpts/${id}/links/${number}/revoke`);
    const { revokedAt } = ended.json();
    expect(revokedAt).toEqual(expect.any(String));
    expect((await api.post(`/api/cpts/${id}/links/${number}/revoke`)).json()).toMatchObject({
      revokedAt,
    });
    const answers = [
      await api.get(`/api/shared/${token}`),
      await api.get(`/api/shared/${'x'.repeat(43)}`),
      await api.get('/api/shared/1'),
      await api.get(`/api/shared/${encodeURIComponent("' or 1=1 --")}`),
      await api.post(`/api/shared/${token}/comments`, { text: 'Encore' }),
      await api.post('/api/shared/other/comments', { text: 'Encore' }),
    ];
    const told = answers.map((answer) => {
      const { requestId: _, ...error } = answer.json().error;
      return [answer.statusCode, error];
    });
    for (const one of told) expect(one).toEqual(told[0]);
    expect(told[0]).toMatchObject([404, { code: 'unknown_link' }]);
    expect(code(await api.post(`/api/cpts/${id}/links/9999/revoke`))).toBe('unknown_link');
  });

  test('a comment is left, answered, closed, opened again', async () => {
    const { token } = await link('comment', 'Réunion de Gien');
    const leave = (body: object) => api.post(`/api/shared/${token}/comments`, body);
    const text = '<img src=x onerror=alert(1)> Nos patients vont à Gien.\nEt à Cosne.';
    const left = await leave({ unit: far, author: ' Dr <b>Été</b> ', text: `  ${text} ` });
    expect(left.statusCode).toBe(201);
    const comment = left.json();
    expect(comment).toMatchObject({
      unit: far,
      version: 1,
      author: 'Dr <b>Été</b>',
      text,
      answer: null,
      closedAt: null,
    });
    expect((await leave({ text: 'Tout va.' })).json()).toMatchObject({ unit: null, author: '' });

    const listed = (await api.get(`/api/cpts/${id}/comments`)).json();
    expect(listed).toMatchObject({ total: 2, open: 2 });
    expect(listed.items[1]).toMatchObject({ id: comment.id, link: { label: 'Réunion de Gien' } });

    const act = (verb: string, body?: object) =>
      api.post(`/api/cpts/${id}/comments/${comment.id}/${verb}`, body);
    expect((await act('answer', { text: 'Vu.' })).json().answer).toMatchObject({ text: 'Vu.' });
    expect((await act('close')).json().closedAt).toEqual(expect.any(String));
    expect((await api.get(`/api/cpts/${id}/comments`)).json().open).toBe(1);
    expect((await api.get('/api/comment-counts')).json().items).toContainEqual({
      cpts: id,
      total: 2,
      open: 1,
    });
    expect((await act('close')).json().closedAt).toEqual(expect.any(String));
    const shown = (await api.get(`/api/shared/${token}`)).json().comments;
    expect(shown[1]).toMatchObject({ answer: { text: 'Vu.' }, closedAt: expect.any(String) });
    expect(shown[1]).not.toHaveProperty('link');
    expect((await act('reopen')).json().closedAt).toBeNull();

    const refused = await Promise.all([
      leave({ text: '' }),
      leave({ text: ' \n ' }),
      leave({ text: 'a\u0007' }),
      leave({ text: 'é'.repeat(1001) }),
      leave({ text: 'Bon', author: 'x'.repeat(81) }),
      leave({ text: 'Bon', admin: true }),
      leave({ text: 'Bon', unit: '75056' }),
    ]);
    expect(refused.map(code)).toEqual([
      ...Array.from({ length: 6 }, () => 'invalid_request'),
      'unknown_units',
    ]);
    expect(code(await api.post(`/api/cpts/${id}/comments/9999/close`))).toBe('unknown_comment');
    const events = await api.database.kysely
      .selectFrom('event')
      .select(['verb', 'actor'])
      .where('subject', '=', `cpts/${id}`)
      .where('verb', 'like', '%comment%')
      .orderBy('id')
      .execute();
    expect(events.map(({ verb }) => verb)).toEqual([
      'comment',
      'comment',
      'answer_comment',
      'close_comment',
      'reopen_comment',
    ]);
    expect(events[0]?.actor).toMatch(/^link\/\d+$/);
  });

  test('who writes too much through one link waits; another link still works', async () => {
    const [one, other] = [await link('comment'), await link('comment')];
    const leave = (token: string) => api.post(`/api/shared/${token}/comments`, { text: 'Encore' });
    const statuses: number[] = [];
    for (let k = 0; k < 22; k++) statuses.push((await leave(one.token)).statusCode);
    expect(statuses.filter((status) => status === 201)).toHaveLength(20);
    expect(statuses.slice(20)).toEqual([429, 429]);
    expect((await leave(other.token)).statusCode).toBe(201);
  });

  test('a closed CPTS is still shown, and takes no more comments', async () => {
    const closed = (await api.post('/api/cpts', { name: 'Finie', units: [x] })).json();
    const made = await api.post(`/api/cpts/${closed.id}/links`, { kind: 'comment', label: '' });
    await api.post(`/api/cpts/${closed.id}/steps`, { step: 'close' });
    const { token } = made.json();
    expect((await api.get(`/api/shared/${token}`)).json().cpts.status).toBe('closed');
    const refused = await api.post(`/api/shared/${token}/comments`, { text: 'Trop tard' });
    expect(code(refused)).toBe('cpts_closed');
  });
});
