// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiFailure, call } from '../../web/src/api/client.ts';
import { fetchCpts, fetchHealth } from '../../web/src/api/maillage.ts';

const answer = (status: number, body: unknown) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
const serve = (...responses: (Response | Error)[]) => {
  const fetch = vi.fn(async () => {
    const next = responses.shift();
    if (!next || next instanceof Error) throw next ?? new Error('no more answers');
    return next;
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
};

afterEach(() => vi.unstubAllGlobals());

describe('call', () => {
  it('throws the sentence, the code and the details of the API', async () => {
    const details = [{ cpts: { id: 1 }, units: [], population: 12 }];
    const error = { code: 'territory_conflict', message: 'Refusé.', details, requestId: 'r-1' };
    serve(answer(409, { error }));
    const failure = await call('/api/cpts/2/recognise', { method: 'POST' }).catch((e) => e);
    expect(failure).toBeInstanceOf(ApiFailure);
    expect(failure).toMatchObject({ ...error, status: 409 });
  });

  it.each([
    ['a page that is no JSON', '<html>502</html>'],
    ['JSON of another shape', { error: 'nope' }],
  ])('says in French that %s was not expected', async (_name, body) => {
    serve(answer(502, body));
    const failure = await call('/api/cpts').catch((e) => e as ApiFailure);
    expect(failure).toMatchObject({ code: 'unexpected_answer', status: 502, requestId: null });
    expect(failure).toHaveProperty('message', expect.stringMatching(/^Le serveur a répondu/));
  });

  it('says that the server does not answer', async () => {
    serve(new TypeError('Failed to fetch'));
    const failure = await call('/api/cpts').catch((e) => e);
    expect(failure).toMatchObject({ code: 'unreachable', status: 0 });
  });

  it('lets an abort through, which is no failure', async () => {
    serve(new DOMException('aborted', 'AbortError'));
    await expect(call('/api/cpts')).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('writes the query and the body', async () => {
    const fetch = serve(answer(200, {}));
    await call('/api/x', { method: 'POST', query: { a: 'é', b: undefined, c: 2 }, body: { d: 1 } });
    expect(fetch).toHaveBeenCalledWith(
      '/api/x?a=%C3%A9&c=2',
      expect.objectContaining({ method: 'POST', body: '{"d":1}' }),
    );
  });
});

describe('lists', () => {
  it('reads every page', async () => {
    const page = (items: number[]) => answer(200, { items, total: 3, limit: 2, offset: 0 });
    const fetch = serve(page([1, 2]), page([3]));
    expect(await fetchCpts()).toEqual([1, 2, 3]);
    expect(fetch).toHaveBeenLastCalledWith(expect.stringContaining('offset=2'), expect.anything());
  });
});

describe('health', () => {
  it('takes the 503 of the first load for an answer', async () => {
    serve(answer(503, { status: 'loading', step: 'Flux', progress: 0.5 }));
    expect(await fetchHealth()).toMatchObject({ status: 'loading', step: 'Flux' });
  });
});
