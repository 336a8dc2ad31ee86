import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FlowDatasetPage } from '../../server/contracts/flow-datasets.ts';
import { readMatrix } from '../../server/core/flows/matrix-bytes.ts';
import { countMasked, weightedSum } from '../../server/core/poles/masked-flows.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { unitRepository } from '../../server/db/repositories/units.ts';
import { firstVisit } from '../../server/usecases/first-visit.ts';
import { type KeptAnswers, keptAnswers } from '../../server/usecases/kept-answers.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { type DrawnSpecialty, drawMatrices, insertMatrices } from '../support/random-flows.ts';

describe.each(engines)('the matrix of a dataset on %s', (engine) => {
  let api: TestApi;
  let dataset: number;
  let code: string[];
  let drawn: DrawnSpecialty[];
  beforeAll(async () => {
    api = await openTestApi(engine);
    const { kysely } = api.database;
    const { vintage } = api.region.loaded();
    const units = await unitRepository(kysely).communes(vintage.id);
    code = [...units.code, ...Array.from({ length: 8 }, (_, k) => `7510${k + 1}`)];
    const places = { code, population: units.population, loaded: units.code.map(() => 1) };
    drawn = drawMatrices({ seed: 9, specialties: 3, blocks: 8, fractions: true }, places);
    dataset = await insertMatrices(kysely, vintage.id, drawn, places);
  });
  afterAll(async () => {
    await flowDatasetRepository(api.database.kysely).remove(dataset);
    await api.close();
  });

  const url = (query = '') => `/api/flow-datasets/${dataset}/matrix${query}`;
  async function matrix(query: string) {
    const { rawPayload, statusCode, headers } = await api.app.inject({
      url: url(query),
      headers: { 'accept-encoding': 'gzip' },
    });
    expect([statusCode, headers['content-encoding']]).toEqual([200, 'gzip']);
    const bytes = gunzipSync(rawPayload);
    // Whoever does not read gzip gets the same bytes as they are.
    expect((await api.get(url(query))).rawPayload.equals(bytes)).toBe(true);
    return readMatrix(new Uint8Array(bytes).buffer);
  }
  /** `origin destination` → patients and masked cells; what is neither is no flow. */
  function cells(codes: readonly string[], flows: Parameters<typeof countMasked>[0]) {
    const found = new Map<string, [number, number]>();
    for (let i = 0; i < flows.n; i++) {
      for (let e = flows.offsets[i]!; e < flows.offsets[i + 1]!; e++) {
        const pair: [number, number] = [flows.patients[e]!, flows.masked[e]!];
        if (pair[0] + pair[1] === 0) continue;
        found.set(`${codes[i]} ${codes[flows.destinations[e]!]}`, pair.map(Math.fround) as never);
      }
    }
    return found;
  }

  test('is made ahead with what else a first page asks, unless the region is another by then', async () => {
    const made: string[] = [];
    const { gzipped } = keptAnswers();
    const answers: KeptAnswers = {
      gzipped: (key, make) =>
        gzipped(key, () => {
          made.push(key);
          return make();
        }),
    };
    const before = api.region.loaded();
    const failures: unknown[] = [];
    const visit = firstVisit(
      () => api.database.kysely,
      (error) => failures.push(error),
    );
    api.region.ready({ ...before, answers });
    visit.prepare(api.region.loaded());
    await visit.done();
    expect([made.splice(0).length, failures]).toEqual([3, []]);
    const poles = `/api/flow-datasets/${dataset}/poles?specialty=all`;
    for (const path of [poles, url('?specialty=all'), '/api/place-names']) {
      expect([path, (await api.get(path)).statusCode]).toEqual([path, 200]);
    }
    expect(made).toEqual([]);
    visit.prepare({ ...before, answers: { gzipped: async (key) => Buffer.from(key) } });
    visit.prepare({ ...before, answers: { gzipped: () => Promise.reject(new Error('no room')) } });
    await visit.close();
    // The first was given up for the second, the second on the way out: neither complains.
    expect(failures).toEqual([]);
    api.region.ready(before);
  });

  test('holds the flows of a specialty, masked cells apart', async () => {
    for (const { key, flows } of drawn) {
      const read = await matrix(`?specialty=${key}`);
      expect(read.codes.slice(0, 48)).toEqual(code.slice(0, 48));
      expect(cells(read.codes, read)).toEqual(cells(code, flows));
    }
  });

  test('adds up over all, with the weights of an analysis where one is named', async () => {
    const plain = weightedSum(
      code.length,
      drawn.map(({ flows }) => ({ flows, weight: 1 })),
    );
    const all = await matrix('');
    expect([...cells(all.codes, all).keys()].sort()).toEqual([...cells(code, plain).keys()].sort());
    const sum = (of: Float64Array) => of.reduce((total, value) => total + value, 0);
    const counted = (flows: Parameters<typeof countMasked>[0]) =>
      sum(countMasked(flows, 10).patients);
    expect(counted(all) / counted(plain)).toBeCloseTo(1, 6);

    const weights = { s0: 2.5, s1: 0 };
    const run = (await api.post(`/api/flow-datasets/${dataset}/pole-runs`, { weights })).json();
    const weighed = weightedSum(
      code.length,
      drawn.map(({ key, flows }) => ({ flows, weight: { s0: 2.5, s1: 0 }[key] ?? 1 })),
    );
    const read = await matrix(`?run=${run.id}`);
    expect(counted(read) / counted(weighed)).toBeCloseTo(1, 6);
    expect([...cells(read.codes, read).keys()].sort()).toEqual(
      [...cells(code, weighed).keys()].sort(),
    );
  });

  test('is kept by a browser only under the address that names its content', async () => {
    const { items } = (await api.get('/api/flow-datasets')).json() as FlowDatasetPage;
    const { createdAt, specialties } = items.find(({ id }) => id === dataset)!;
    const kept = async (created: string) =>
      (await api.get(url(`?created=${encodeURIComponent(created)}`))).headers['cache-control'];
    expect(await kept(createdAt)).toContain('immutable');
    expect(await kept('2020-01-01T00:00:00.000Z')).toBe('no-cache');
    const masked = drawn.map(({ key, masked }) => [
      key,
      Math.round(masked.reduce((total, each) => total + each, 0)),
    ]);
    expect(specialties.map(({ key, maskedCells }) => [key, maskedCells])).toEqual(masked);
  });

  test('of what is not known, or of the analysis of another dataset, there is none', async () => {
    const { items } = (await api.get('/api/flow-datasets')).json() as FlowDatasetPage;
    const other = items.find(({ id }) => id !== dataset)!.id;
    const elsewhere = (await api.post(`/api/flow-datasets/${other}/pole-runs`, {})).json().id;
    const refusal = async (query: string) => (await api.get(url(query))).json().error.code;
    expect(await refusal('?specialty=geriatrie')).toBe('unknown_specialty');
    expect(await refusal('?run=999999')).toBe('unknown_pole_run');
    expect(await refusal(`?run=${elsewhere}`)).toBe('invalid_request');
  });
});
