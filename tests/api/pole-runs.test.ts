import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PoleRun } from '../../server/contracts/poles.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowSetRepository } from '../../server/db/repositories/flow-sets.ts';
import { unitRepository } from '../../server/db/repositories/units.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { drawMatrices, insertMatrices } from '../support/random-flows.ts';

describe.each(engines)('poles and flows of a dataset on %s', (engine) => {
  let api: TestApi;
  let dataset: number;
  let code: string[];
  beforeAll(async () => {
    api = await openTestApi(engine);
    const { kysely } = api.database;
    const { vintage } = api.region.loaded();
    const units = await unitRepository(kysely).communes(vintage.id);
    code = [...units.code, ...Array.from({ length: 8 }, (_, k) => `7510${k + 1}`)];
    const places = { code, population: units.population, loaded: units.code.map(() => 1) };
    const drawn = drawMatrices({ seed: 4, specialties: 3, blocks: 8, fractions: false }, places);
    dataset = await insertMatrices(kysely, vintage.id, drawn, places);
  });
  afterAll(async () => {
    await flowDatasetRepository(api.database.kysely).remove(dataset);
    await api.close();
  });

  test('a run is kept with all its parameters, and read by specialty', async () => {
    const url = `/api/flow-datasets/${dataset}/pole-runs`;
    const first = await api.post(url, { method: 'nystuen-dacey', weights: { s1: 2, s0: 1 } });
    expect(first.statusCode).toBe(200);
    expect(first.json()).toMatchObject({
      dataset,
      parameters: {
        method: 'nystuen-dacey',
        weights: { s1: 2 },
        masked: 5,
        minPatients: 0,
        minRate: 0,
        minCommunes: 1,
      },
    });
    const again = await api.post(url, { method: 'nystuen-dacey', weights: { s1: 2 } });
    expect(again.json()).toEqual(first.json());
    const { id } = first.json();
    const one = (await api.get(`/api/pole-runs/${id}?specialty=s2`)).json();
    expect(one.parameters).toMatchObject({ run: id, specialty: 's2', weights: { s1: 2 } });
    expect(one.communes[0]).toHaveProperty('fragile');
    expect(one.communes.every((row: { agreement: null }) => row.agreement === null)).toBe(true);
  });

  test.runIf(engine === 'postgis')('an analysis that nobody waits for is stopped', async () => {
    const { kysely } = api.database;
    const waiting = async () => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(kysely);
      return rows[0]?.n;
    };
    const address = await api.app.listen({ host: '127.0.0.1', port: 0 });
    const stop = new AbortController();
    const url = `/api/flow-datasets/${dataset}/pole-runs`;
    const body = { minPatients: 7 };
    await kysely.transaction().execute(async (tx) => {
      // The analysis cannot go on before this transaction ends.
      await sql`lock table flow_inflow in access exclusive mode`.execute(tx);
      const asked = fetch(`${address}${url}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
        signal: stop.signal,
      });
      await expect.poll(waiting).toBe(1);
      stop.abort();
      await expect(asked).rejects.toThrow();
      await expect.poll(waiting).toBe(0);
    });
    const { items } = (await api.get(url)).json();
    const minima = items.map(({ parameters }: PoleRun) => parameters.minPatients);
    expect(minima).not.toContain(body.minPatients);
  });

  test('the runs of a dataset are listed, the latest first', async () => {
    const url = `/api/flow-datasets/${dataset}/pole-runs`;
    const late = (await api.post(url, { minPatients: 3 })).json();
    const { items, total } = (await api.get(url)).json();
    expect(items[0]).toEqual(late);
    expect(items).toHaveLength(total);
    const ids = items.map(({ id }: { id: number }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
  });

  test('a pole has the figures of each specialty that it is a pole for', async () => {
    const { id } = (await api.post(`/api/flow-datasets/${dataset}/pole-runs`, {})).json();
    const found: Record<string, object> = {};
    let pole = '';
    for (const specialty of ['s0', 's1', 's2', 'all']) {
      const { poles } = (await api.get(`/api/pole-runs/${id}?specialty=${specialty}`)).json();
      pole ||= poles[0].code;
      const row = poles.find(({ code }: { code: string }) => code === pole);
      if (row) found[specialty] = row;
    }
    const profile = (await api.get(`/api/pole-runs/${id}/poles/${pole}`)).json();
    const keys = profile.specialties.map(({ specialty }: { specialty: string }) => specialty);
    expect(keys).toEqual(Object.keys(found).sort());
    for (const { specialty, ...figures } of profile.specialties) {
      expect(found[specialty]).toEqual({ code: pole, name: profile.name, ...figures });
    }
  });

  test('two runs are compared, with the residents concerned', async () => {
    const url = `/api/flow-datasets/${dataset}/pole-runs`;
    const plain = (await api.post(url, {})).json().id;
    const strict = (await api.post(url, { minRate: 0.5 })).json().id;
    const answer = (await api.get(`/api/pole-runs/${plain}/comparison?with=${strict}`)).json();
    const { communes } = (await api.get(`/api/flow-datasets/${dataset}/poles`)).json();
    const weak = communes.filter(
      (row: { pole: unknown; rate: number }) => row.pole && row.rate < 0.5,
    );
    expect(answer).toMatchObject({ run: plain, with: strict, changed: weak.length });
    expect(answer.communes.map((row: { code: string }) => row.code)).toEqual(
      weak.map((row: { code: string }) => row.code),
    );
    expect(answer.communes.every((row: { otherPole: null }) => row.otherPole === null)).toBe(true);
    const residents = answer.communes.map((row: { population: number }) => row.population);
    expect(residents.reduce((a: number, b: number) => a + b, 0)).toBe(answer.population);
  });

  test('two specialties of a run are compared as their answers differ', async () => {
    const { id } = (await api.post(`/api/flow-datasets/${dataset}/pole-runs`, {})).json();
    type Row = { code: string; pole: string | null };
    const polesOf = async (specialty: string): Promise<Map<string, string | null>> => {
      const answer = await api.get(`/api/pole-runs/${id}?specialty=${specialty}`);
      return new Map(answer.json().communes.map(({ code, pole }: Row) => [code, pole]));
    };
    const [all, s1] = [await polesOf('all'), await polesOf('s1')];
    const moved = [...new Set([...all.keys(), ...s1.keys()])]
      .filter((unit) => (all.get(unit) ?? null) !== (s1.get(unit) ?? null))
      .sort();
    const url = `/api/pole-runs/${id}/comparison?with=${id}`;
    const answer = (await api.get(`${url}&otherSpecialty=s1`)).json();
    expect(answer).toMatchObject({ specialty: 'all', otherSpecialty: 's1', changed: moved.length });
    expect(moved.length).toBeGreaterThan(0);
    expect(answer.communes.map(({ code }: Row) => code)).toEqual(moved);
    for (const { code: unit, pole, otherPole } of answer.communes) {
      expect([pole, otherPole]).toEqual([all.get(unit) ?? null, s1.get(unit) ?? null]);
    }
    expect((await api.get(`${url}&otherSpecialty=s9`)).json().error.code).toBe('unknown_specialty');
  });

  test('what a commune draws and sends agree with the sets of one commune', async () => {
    const unit = code[0];
    const base = `/api/flow-datasets/${dataset}`;
    const inflows = (await api.get(`${base}/inflows?destination=${unit}&limit=100`)).json();
    const outflows = (await api.get(`${base}/destinations?origin=${unit}&limit=100`)).json();
    const sum = (rows: { patients: number }[]) => rows.reduce((a, row) => a + row.patients, 0);
    expect(sum(inflows.origins)).toBeCloseTo(inflows.patients, 5);
    const one = (await api.post(`${base}/sets`, { sets: [{ name: 'a', units: [unit] }] })).json();
    expect(one.sets[0]).toMatchObject({
      units: 1,
      patients: outflows.patients,
      treated: inflows.patients,
    });
    const none = (await api.get(`${base}/inflows?destination=${unit}&masked=0&limit=100`)).json();
    const cells = inflows.origins.reduce(
      (a: number, row: { maskedCells: number }) => a + row.maskedCells,
      0,
    );
    expect(inflows.patients - none.patients).toBeCloseTo(5 * cells, 5);
  });

  test('LI of everything loaded and the leakage outside add up to 1', async () => {
    const everything = { name: 'tout', units: code.slice(0, 48) };
    const answer = await api.post(`/api/flow-datasets/${dataset}/sets`, { sets: [everything] });
    const { sets, flows } = answer.json();
    expect(sets[0].li + sets[0].leakage).toBeCloseTo(1, 6);
    const [outside] = flows;
    expect(outside).toMatchObject({ from: 0, to: null, patients: sets[0].outflow });
    expect(sets[0].li + outside.patients / sets[0].patients).toBeCloseTo(1, 5);
  });

  test('sets measured in memory are those measured in SQL, shared units included', async () => {
    const sets = [
      { name: 'a', units: code.slice(0, 3) },
      { name: 'b', units: code.slice(2, 9) },
      { name: 'c', units: [...code.slice(20, 30), code[20] ?? ''] },
      { name: 'd', units: ['01001'] },
    ];
    for (const specialty of ['all', 's1']) {
      const body = { sets, specialty, masked: 10 as const, k: 50 };
      const answer = await api.post(`/api/flow-datasets/${dataset}/sets`, body);
      const found = answer.json();
      const expected = await flowSetRepository(api.database.kysely).measure(
        { dataset, specialty, masked: 10 },
        { sets, k: 50 },
      );
      expect(found.sets).toMatchObject(expected.sets);
      expect(found.flows).toEqual(expected.flows);
      for (const { li, msi, net, inflow, outflow } of found.sets) {
        for (const index of [li, msi])
          expect(index === null || (index >= 0 && index <= 1)).toBe(true);
        if (net !== null) expect(net).toBeCloseTo(inflow / outflow, 4);
      }
    }
  });

  test('what is not known or not possible is said in a sentence', async () => {
    const base = `/api/flow-datasets/${dataset}`;
    const code = async (answer: Promise<{ json(): { error: { code: string } } }>) =>
      (await answer).json().error.code;
    const runs = `${base}/pole-runs`;
    expect(await code(api.get('/api/pole-runs/999999'))).toBe('unknown_pole_run');
    expect(await code(api.post(runs, { weights: { geriatrie: 2 } }))).toBe('unknown_specialty');
    expect(await code(api.post(runs, { weights: { s0: 0, s1: 0, s2: 0 } }))).toBe('no_weight');
    expect(await code(api.post(runs, { masked: 7 }))).toBe('invalid_request');
    expect(await code(api.post(runs, { minRate: 2 }))).toBe('invalid_request');
    expect(await code(api.post(runs, { colour: 1 }))).toBe('invalid_request');
    expect(await code(api.post(`${base}/sets`, { sets: [] }))).toBe('invalid_request');
    expect(await code(api.get(`${base}/inflows`))).toBe('invalid_request');
    expect(await code(api.post('/api/flow-datasets/999999/pole-runs', {}))).toBe('unknown_dataset');
  });
});
