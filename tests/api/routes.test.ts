import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

describe.each(engines)('the API on %s', (engine) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi(engine);
  });
  afterAll(async () => {
    await api.close();
  });

  test('health says what is loaded and from where', async () => {
    const answer = await api.get('/api/health');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      status: 'ok',
      database: { engine, postgis: expect.stringMatching(/^3\./) },
      region: { code: '24', name: 'Centre-Val de Loire', units: 48, source: 'Damier d’essai' },
      flowDataset: { kind: 'modelled' },
    });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('units are found without accents, by code and by frame, page by page', async () => {
    const names = async (query: string) =>
      (await api.get(`/api/units?${query}`)).json().items.map((u: { name: string }) => u.name);
    expect(await names('q=oeillets')).toEqual(['L’Haÿ-les-Œillets']);
    expect(await names('q=ORLEANS')).toEqual(['Orléans']);
    expect(await names(`q=${codeAt(3, 2)}`)).toEqual(['Orléans']);
    expect(await names('q=%25')).toEqual([]);
    expect((await names('bbox=2.31,47.21,2.39,47.29')).length).toBe(1);
    expect((await names('bbox=&q=')).length).toBe(48);
    const page = (await api.get('/api/units?limit=5&offset=45')).json();
    expect(page).toMatchObject({ total: 48, limit: 5, offset: 45 });
    expect(page.items).toHaveLength(3);
  });

  test('one unit, or a sentence', async () => {
    expect((await api.get(`/api/units/${codeAt(3, 2)}`)).json()).toMatchObject({
      name: 'Orléans',
      population: 120_000,
      department: '45',
    });
    const missing = await api.get('/api/units/99999');
    expect(missing.statusCode).toBe(404);
    expect(missing.json().error).toMatchObject({ code: 'unknown_unit' });
  });

  test('the graph is in columns of one length, and is not sent twice', async () => {
    const first = await api.get('/api/unit-graph');
    const { units, borders } = first.json();
    expect(units.code).toHaveLength(48);
    for (const column of Object.values<unknown[]>(units)) expect(column).toHaveLength(48);
    for (const column of Object.values<unknown[]>(borders)) {
      expect(column).toHaveLength(borders.id.length);
    }
    expect(Math.min(...borders.b)).toBe(-1);
    const again = await api.app.inject({
      url: '/api/unit-graph',
      headers: { 'if-none-match': String(first.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });

  test('postal codes and EPCI have a name where the official lists know them', async () => {
    const { vintage, postal, epci, department } = (await api.get('/api/place-names')).json();
    const { units, ...graph } = (await api.get('/api/unit-graph')).json();
    expect(vintage).toBe(graph.vintage);
    expect(postal).toHaveLength(units.code.length);
    // The official list has a commune of this code, the chessboard another one.
    expect(postal[units.code.indexOf('45147')]).toMatch(/^45\d{3}( 45\d{3})*$/);
    expect(epci.code).toEqual([...new Set(units.epci)].sort());
    expect(epci.name).toHaveLength(epci.code.length);
    expect(department).toEqual({ code: ['41', '45'], name: ['Loir-et-Cher', 'Loiret'] });
    expect(Math.min(...units.areaKm2)).toBeGreaterThan(0);
  });

  test('tiles hold units, borders and names of towns, and never change', async () => {
    const { region } = (await api.get('/api/health')).json();
    const layersOf = async (place: string) => {
      const { rawPayload } = await api.get(`/api/tiles/${region.vintage}/${place}`);
      return new VectorTile(new PbfReader(gunzipSync(rawPayload))).layers;
    };
    const answer = await api.get(`/api/tiles/${region.vintage}/6/32/22`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toContain('immutable');
    const tile = new VectorTile(new PbfReader(gunzipSync(answer.rawPayload)));
    expect(tile.layers.units?.length).toBe(48);
    expect(tile.layers.units?.feature(0).properties).toHaveProperty('code');
    const { borders } = (await api.get('/api/unit-graph')).json();
    expect(tile.layers.borders?.length).toBe(borders.id.length);
    expect(borders.id).toContain(tile.layers.borders?.feature(0).properties.id);
    // Far off, towns alone are named; near, every commune.
    const least = ({ towns }: typeof tile.layers) =>
      Math.min(
        ...Array.from({ length: towns?.length ?? 0 }, (_, at) =>
          Number(towns?.feature(at).properties.population),
        ),
      );
    expect(least(tile.layers)).toBeGreaterThanOrEqual(20_000);
    expect(least(await layersOf('11/1036/718'))).toBeLessThan(20_000);
    const levels = new Set<unknown>();
    for (let i = 0; i < borders.id.length; i++) {
      levels.add(tile.layers.borders?.feature(i).properties.level);
    }
    expect([...levels].sort()).toEqual(['commune', 'department', 'epci', 'region']);
    expect((await api.get(`/api/tiles/${region.vintage}/6/0/0`)).statusCode).toBe(204);
    expect((await api.get('/api/tiles/other/6/32/22')).json().error.code).toBe('unknown_vintage');
  });

  test('poles, and where a commune goes', async () => {
    const [dataset] = (await api.get('/api/flow-datasets')).json().items;
    expect(dataset).toMatchObject({
      kind: 'modelled',
      parameters: { alpha: 0.7, betaKm: 8 },
      name: expect.stringContaining('modélisés'),
    });
    const all = (await api.get(`/api/flow-datasets/${dataset.id}/poles`)).json();
    expect(all.communes).toHaveLength(48);
    expect(all.poles[0]).toMatchObject({ code: codeAt(3, 2), name: 'Orléans' });
    const sum = all.poles.reduce((n: number, p: { communes: number }) => n + p.communes, 0);
    expect(sum).toBe(48);
    const one = await api.get(`/api/flow-datasets/${dataset.id}/poles?specialty=dermatologie`);
    expect(one.json().parameters.specialty).toBe('dermatologie');
    const destinations = await api.get(
      `/api/flow-datasets/${dataset.id}/destinations?origin=${codeAt(3, 3)}&limit=2`,
    );
    const { pole, rate, second } = all.communes.find(
      ({ code }: { code: string }) => code === codeAt(3, 3),
    );
    const [first, next] = destinations.json().destinations;
    expect(first).toMatchObject({ code: pole });
    expect(first.share).toBeCloseTo(rate, 5);
    expect(next.code).toBe(second);
  });

  test('a proposal runs to its end and becomes a CPTS', async () => {
    const started = await api.post('/api/proposals', { floor: 30_000, ceiling: 100_000 });
    expect(started.statusCode).toBe(202);
    const { id } = started.json();
    await api.runs.ended(id);
    const done = (await api.get(`/api/proposals/${id}`)).json();
    expect(done).toMatchObject({ status: 'done', progress: 1, indicators: { pieces: 0 } });
    const units = done.territories.flatMap((t: { units: string[] }) => t.units);
    expect(units).toHaveLength(48);
    expect(new Set(units).size).toBe(48);
    const alone = done.territories.filter((t: { reason: string }) => t.reason !== null);
    expect(alone).toMatchObject([{ name: 'Orléans', reason: 'commune_above_ceiling' }]);

    const made = await api.post('/api/cpts', {
      name: 'Du territoire 0',
      proposal: { id, territory: 0 },
    });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({
      status: 'idea',
      units: done.territories[0].units,
      population: done.territories[0].population,
    });
    expect((await api.post(`/api/proposals/${id}/cancel`)).json().error.code).toBe(
      'not_cancellable',
    );
  });

  test('a run that waits can be stopped, and its place is kept clean', async () => {
    const first = (await api.post('/api/proposals', { seed: 2 })).json();
    const second = (await api.post('/api/proposals', { seed: 3 })).json();
    const stopped = await api.post(`/api/proposals/${second.id}/cancel`);
    expect(stopped.json()).toMatchObject({ id: second.id, status: 'cancelled' });
    await api.runs.ended(first.id);
    const after = (await api.get(`/api/proposals/${second.id}`)).json();
    expect(after).toMatchObject({ status: 'cancelled', territories: [] });
  });

  test('CPTS: create, overlap, recognise, conflict, close', async () => {
    const [x, y, z] = [codeAt(0, 4), codeAt(0, 5), codeAt(1, 5)];
    const first = (await api.post('/api/cpts', { name: 'CPTS Été', units: [x, y] })).json();
    const second = (await api.post('/api/cpts', { name: 'CPTS <b>2</b>', units: [y, z] })).json();
    expect(first.population).toBeGreaterThan(0);
    const pair = (await api.get('/api/overlaps'))
      .json()
      .items.find((o: { a: { id: number } }) => o.a.id === first.id);
    expect(pair).toMatchObject({
      a: { id: first.id, name: 'CPTS Été' },
      b: { id: second.id },
      units: [{ code: y }],
    });
    expect(pair.areaKm2).toBeGreaterThan(10);

    expect(
      (await api.post(`/api/cpts/${first.id}/steps`, { step: 'accept_territory' })).json()
        .recognised,
    ).toBe(true);
    const refused = await api.post(`/api/cpts/${second.id}/steps`, { step: 'accept_territory' });
    expect(refused.statusCode).toBe(409);
    expect(refused.json().error).toMatchObject({
      code: 'territory_conflict',
      message: expect.stringContaining('CPTS Été'),
      details: [{ cpts: { id: first.id }, units: [{ code: y }] }],
    });
    expect((await api.post(`/api/cpts/${first.id}/steps`, { step: 'close' })).json().status).toBe(
      'closed',
    );
    expect(
      (await api.post(`/api/cpts/${second.id}/steps`, { step: 'accept_territory' })).statusCode,
    ).toBe(200);
    const listed = (await api.get('/api/cpts')).json();
    expect(listed.items.map(({ id }: { id: number }) => id)).toContain(second.id);
  });
});
