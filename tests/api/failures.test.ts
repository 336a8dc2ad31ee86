import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { ErrorAnswer } from '../../server/contracts/errors.ts';
import { HealthUnavailable } from '../../server/contracts/health.ts';
import { DomainError } from '../../server/errors.ts';
import { regionState } from '../../server/usecases/region-state.ts';
import { openTestApi, type TestApi } from '../support/api.ts';

const errorAnswer = Compile(ErrorAnswer);
const unused = () => {
  throw new Error('no upload was expected');
};

describe('failures', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi('pglite');
  });
  afterAll(async () => {
    await api.close();
  });

  const bad: [string, 'GET' | 'POST' | 'PUT', string, unknown, number, string][] = [
    ['unknown address', 'GET', '/api/nowhere', undefined, 404, 'unknown_route'],
    ['limit too large', 'GET', '/api/units?limit=9999', undefined, 400, 'invalid_request'],
    ['limit is text', 'GET', '/api/units?limit=dix', undefined, 400, 'invalid_request'],
    ['frame inside out', 'GET', '/api/units?bbox=3,48,2,47', undefined, 400, 'invalid_request'],
    ['frame of words', 'GET', '/api/units?bbox=a,b,c,d', undefined, 400, 'invalid_request'],
    ['code with SQL', 'GET', "/api/units/1'--", undefined, 400, 'invalid_request'],
    ['unknown dataset', 'GET', '/api/flow-datasets/9999/poles', undefined, 404, 'unknown_dataset'],
    [
      'unknown specialty',
      'GET',
      '/api/flow-datasets/1/poles?specialty=magie',
      undefined,
      404,
      'unknown_specialty',
    ],
    [
      'destinations without origin',
      'GET',
      '/api/flow-datasets/1/destinations',
      undefined,
      400,
      'invalid_request',
    ],
    ['identifier too large', 'GET', '/api/cpts/99999999999', undefined, 400, 'invalid_request'],
    ['unknown CPTS', 'GET', '/api/cpts/9999', undefined, 404, 'unknown_cpts'],
    [
      'unknown CPTS to recognise',
      'POST',
      '/api/cpts/9999/steps',
      { step: 'accept_territory' },
      404,
      'unknown_cpts',
    ],
    ['no such step', 'POST', '/api/cpts/9999/steps', { step: 'recognise' }, 400, 'invalid_request'],
    ['unknown proposal', 'GET', '/api/proposals/9999', undefined, 404, 'unknown_proposal'],
    ['unknown run', 'POST', '/api/proposals/9999/cancel', undefined, 404, 'unknown_proposal'],
    [
      'band inside out',
      'POST',
      '/api/proposals',
      { floor: 100_000, ceiling: 30_000 },
      422,
      'band_inverted',
    ],
    [
      'specialty not in the flows',
      'POST',
      '/api/proposals',
      { specialty: 'magie' },
      404,
      'unknown_specialty',
    ],
    ['CPTS without content', 'POST', '/api/cpts', { name: 'Vide' }, 422, 'ambiguous_content'],
    ['CPTS without name', 'POST', '/api/cpts', { units: ['45100'] }, 400, 'invalid_request'],
    ['blank name', 'POST', '/api/cpts', { name: '   ', units: ['45100'] }, 400, 'invalid_request'],
    [
      'control character',
      'POST',
      '/api/cpts',
      { name: 'a\u0000b', units: ['45100'] },
      400,
      'invalid_request',
    ],
    [
      'name of one sign',
      'POST',
      '/api/cpts',
      { name: '   a', units: ['45100'] },
      400,
      'invalid_request',
    ],
    [
      'origin not loaded',
      'GET',
      '/api/flow-datasets/1/destinations?origin=99999',
      undefined,
      404,
      'unknown_unit',
    ],
    [
      'unknown field',
      'POST',
      '/api/cpts',
      { name: 'Trop', units: ['45100'], admin: true },
      400,
      'invalid_request',
    ],
    [
      'unknown commune',
      'POST',
      '/api/cpts',
      { name: 'Loin', units: ['75056'] },
      422,
      'unknown_units',
    ],
    [
      'territory of no proposal',
      'POST',
      '/api/cpts',
      { name: 'Nulle', proposal: { id: 9999, territory: 0 } },
      404,
      'unknown_proposal',
    ],
    ['versions of no CPTS', 'GET', '/api/cpts/9999/versions', undefined, 404, 'unknown_cpts'],
    [
      'version of no CPTS',
      'GET',
      '/api/cpts/9999/versions/1/comparison?with=2',
      undefined,
      404,
      'unknown_cpts',
    ],
    [
      'comparison with nothing',
      'GET',
      '/api/cpts/1/versions/1/comparison',
      undefined,
      400,
      'invalid_request',
    ],
    [
      'note with a control character',
      'PUT',
      '/api/cpts/1/territory',
      { basedOn: 1, added: [], removed: [], note: 'a\u0000b' },
      400,
      'invalid_request',
    ],
    ['tile out of range', 'GET', '/api/tiles/x/25/0/0', undefined, 400, 'invalid_request'],
  ];

  test.each(bad)('%s', async (_, method, url, body, status, code) => {
    const answer = await api.app.inject({
      method,
      url,
      ...(body === undefined ? {} : { payload: body as object }),
    });
    expect(answer.statusCode).toBe(status);
    const parsed = answer.json();
    expect(errorAnswer.Check(parsed)).toBe(true);
    expect(parsed.error.code).toBe(code);
    expect(parsed.error.requestId).toBe(answer.headers['x-request-id']);
    // One French sentence or two, ended; never a stack.
    expect(parsed.error.message).toMatch(/^[A-ZÀÉÎ0-9«].*[.]$/s);
    expect(answer.body).not.toMatch(/\bat .*\.ts|node_modules/);
  });

  test.each([
    [{ scope: { kind: 'departments', codes: [] } }, 'scope.codes', 'la liste est vide'],
    [{ scope: { kind: 'departments' } }, 'scope.codes', 'ce champ est obligatoire'],
    [{ scope: { kind: 'uncovered', codes: ['18'] } }, 'scope.codes', 'n’est pas attendu'],
    [{ scope: { kind: 'x' } }, 'scope.kind', 'l’une de all, departments, uncovered'],
    [{ scope: {} }, 'scope.kind', 'l’une de all, departments, uncovered'],
    [{ effort: 'x' }, 'effort', 'l’une de quick, normal, thorough'],
    [{ improves: { proposal: 1, around: 3 } }, 'improves.around', 'l’une de neighbours, all'],
  ])(
    'a value of several kinds is refused in words of the kind meant: %j',
    async (body, ...said) => {
      const { error } = (await api.post('/api/proposals', body)).json();
      expect(error.code).toBe('invalid_request');
      expect(error.message).toContain(`« ${said[0]} » : `);
      expect(error.message).toContain(said[1]);
    },
  );

  test('a body that is not JSON, of another type, or too large', async () => {
    const send = (payload: string, type: string) =>
      api.app.inject({
        method: 'POST',
        url: '/api/cpts',
        payload,
        headers: { 'content-type': type },
      });
    const answers = await Promise.all([
      send('{', 'application/json'),
      send('<a/>', 'text/xml'),
      send(JSON.stringify({ name: 'x'.repeat(2_000_000) }), 'application/json'),
    ]);
    expect(answers.map((answer) => answer.json().error.code)).toEqual([
      'invalid_request',
      'unsupported_media_type',
      'body_too_large',
    ]);
    for (const answer of answers) expect(errorAnswer.Check(answer.json())).toBe(true);
  });

  test('another site cannot make a browser change anything, nor read under its own name', async () => {
    const url = '/api/proposals/9999/cancel';
    const from = (headers: Record<string, string>, method: 'GET' | 'POST' = 'POST') =>
      api.app.inject({ method, url: method === 'GET' ? '/api/cpts' : url, headers });
    const refused = await Promise.all([
      from({ 'sec-fetch-site': 'cross-site' }),
      from({ origin: 'http://evil.example' }),
      from({ origin: 'null' }),
      from({ host: 'evil.example' }, 'GET'),
    ]);
    for (const answer of refused) {
      expect(answer.statusCode).toBe(403);
      expect(answer.json().error.code).toBe('foreign_origin');
    }
    const own = { host: 'localhost:3000', origin: 'http://localhost:3000' };
    const passed = await Promise.all([
      from({ ...own, 'sec-fetch-site': 'same-origin' }),
      from({}),
      from({ host: '[::1]:3000' }),
    ]);
    for (const answer of passed) expect(answer.json().error.code).toBe('unknown_proposal');
  });

  test('what nobody foresaw answers 500 without its cause', async () => {
    const region = regionState();
    region.ready = () => {};
    const app = await buildApp(
      {
        database: () => api.database,
        region: {
          ...region,
          loaded() {
            throw new Error('secret');
          },
        },
        runs: () => api.runs,
        flowRuns: () => api.flowRuns,
        uploads: unused,
        passages: () => [],
        people: api.people,
        version: '0',
      },
      { page: null },
    );
    const answer = await app.inject({ url: '/api/cpts' });
    expect(answer.statusCode).toBe(500);
    expect(answer.json().error.code).toBe('internal');
    expect(answer.body).not.toContain('secret');
    await app.close();
  });

  test('while the first load runs, and when it failed, health says 503 and why', async () => {
    const region = regionState();
    const app = await buildApp(
      {
        database: () => api.database,
        region,
        runs: () => api.runs,
        flowRuns: () => api.flowRuns,
        uploads: unused,
        passages: () => [],
        people: api.people,
        version: '0',
      },
      { page: null },
    );
    region.begin('Communes');
    region.progress(0.4);
    const loading = await app.inject({ url: '/api/health' });
    expect(loading.statusCode).toBe(503);
    expect(Compile(HealthUnavailable).Check(loading.json())).toBe(true);
    expect(loading.json()).toMatchObject({
      status: 'loading',
      step: 'Communes',
      progress: 0.4,
      error: { code: 'loading' },
    });
    const other = await app.inject({ url: '/api/cpts' });
    expect(other.statusCode).toBe(503);
    expect(other.json().error.code).toBe('loading');

    region.failed(new DomainError('empty_file', 'Le fichier « a.geojson » est vide.'));
    const failed = await app.inject({ url: '/api/health' });
    expect(failed.json()).toMatchObject({
      status: 'failed',
      error: { code: 'load_failed', message: 'Le fichier « a.geojson » est vide.' },
    });
    await app.close();
  });
});
