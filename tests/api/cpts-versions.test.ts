import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

describe.each(engines)('versions by the API on %s', (engine) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi(engine);
  });
  afterAll(async () => {
    await api.close();
  });

  const [x, y, z] = [codeAt(0, 4), codeAt(0, 5), codeAt(1, 5)];
  const put = (id: number, body: object) =>
    api.app.inject({ method: 'PUT', url: `/api/cpts/${id}/territory`, payload: body });

  test('saved, listed, compared, restored, forked', async () => {
    const { id } = (
      await api.post('/api/cpts', { name: 'Du Val', units: [x, y], label: 'Point de départ' })
    ).json();
    const saved = await put(id, {
      basedOn: 1,
      added: [z],
      removed: [x],
      label: 'Après <b>réunion</b>',
      note: 'Gien demande à part.',
    });
    expect(saved.statusCode).toBe(200);
    expect(saved.json()).toMatchObject({ id, version: 2, units: [y, z], forkedFrom: null });

    const { items, total } = (await api.get(`/api/cpts/${id}/versions`)).json();
    expect(total).toBe(2);
    expect(items).toMatchObject([
      {
        number: 2,
        author: 'local',
        label: 'Après <b>réunion</b>',
        note: 'Gien demande à part.',
        restores: null,
        figures: { communes: 2, pieces: 1, dataset: { kind: 'modelled' } },
      },
      { number: 1, label: 'Point de départ', note: '' },
    ]);
    expect((await api.get(`/api/cpts/${id}/versions/1`)).json().units).toEqual([x, y]);

    const told = (await api.get(`/api/cpts/${id}/versions/1/comparison?with=2`)).json();
    expect(told).toMatchObject({
      before: items[1],
      after: items[0],
      added: [{ code: z, name: 'Saint-Éloi-1-5' }],
      removed: [{ code: x }],
    });

    const stale = await put(id, { basedOn: 1, added: [], removed: [y] });
    expect(stale.statusCode).toBe(409);
    expect(stale.json().error).toMatchObject({
      code: 'stale_version',
      details: { version: 2, author: 'local', added: [z], removed: [x] },
    });

    const restored = await api.post(`/api/cpts/${id}/versions/1/restore`, { basedOn: 2 });
    expect(restored.json()).toMatchObject({ version: 3, units: [x, y] });

    const fork = await api.post('/api/cpts', {
      name: 'Du Val, autre',
      units: [y],
      forkedFrom: { id, version: 2 },
    });
    expect(fork.statusCode).toBe(201);
    expect(fork.json().forkedFrom).toEqual({ id, version: 2 });
    const listed = (await api.get('/api/cpts')).json().items;
    expect(listed.at(-1)).toMatchObject({ name: 'Du Val, autre', forkedFrom: { id, version: 2 } });
  });

  test('two saves sent at once: one 200, one 409', async () => {
    const { id } = (await api.post('/api/cpts', { name: 'À deux', units: [x] })).json();
    const answers = await Promise.all([
      put(id, { basedOn: 1, added: [y], removed: [] }),
      put(id, { basedOn: 1, added: [z], removed: [] }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });
});
