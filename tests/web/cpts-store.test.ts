// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { take } from '../../web/src/state/control/decisions.ts';
import {
  allCpts,
  cptsList,
  create,
  decisionFailure,
  overlaps,
  refreshCpts,
  refreshFailure,
} from '../../web/src/state/cpts.ts';
import { page, refusal, serve } from './serve.ts';

const cpts = (id: number, more: Partial<Cpts> = {}) =>
  ({ id, name: `CPTS ${id}`, status: 'idea', recognised: false, units: [], ...more }) as Cpts;
const ids = () => allCpts.value.map(({ id }) => id);
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  cptsList.put('all', [cpts(1)]);
  overlaps.put('all', []);
  refreshFailure.value = null;
  decisionFailure.value = null;
});
afterEach(() => vi.unstubAllGlobals());

describe('a write that works before a reading that fails', () => {
  const failing = { 'GET /api/': () => refusal(500, 'Lecture impossible.') };

  it('is a creation, in the list at once', async () => {
    serve({ 'POST /api/cpts': () => cpts(2), ...failing });
    expect(await create({ name: 'CPTS 2', units: ['01001'] })).toMatchObject({ id: 2 });
    expect(ids()).toEqual([1, 2]);
    await settled();
    expect(ids()).toEqual([1, 2]);
    expect(refreshFailure.value?.message).toBe('Lecture impossible.');
  });

  it.each([
    ['recognised', 'accept_territory' as const, { recognised: true }],
    ['closed', 'close' as const, { status: 'closed' as const }],
  ])('is a CPTS that is %s', async (_word, step, change) => {
    serve({ 'POST /api/cpts/1/': () => cpts(1, change), ...failing });
    expect(await take(cpts(1), step, {})).toBe(true);
    expect(decisionFailure.value).toBeNull();
    expect(allCpts.value).toEqual([cpts(1, change)]);
    await settled();
    expect(refreshFailure.value).not.toBeNull();
  });

  it('is no longer said to have failed once a reading works', async () => {
    serve(failing);
    await refreshCpts();
    expect(refreshFailure.value).not.toBeNull();
    serve({ 'GET /api/': () => page([]) });
    await refreshCpts();
    expect(refreshFailure.value).toBeNull();
  });
});

it('says that a refused decision failed, and changes nothing', async () => {
  serve({ 'POST /api/cpts/1/': () => refusal(409, 'Refusé.') });
  expect(await take(cpts(1), 'accept_territory', {})).toBe(false);
  expect(decisionFailure.value).toMatchObject({ id: 1, error: { message: 'Refusé.' } });
  expect(allCpts.value).toEqual([cpts(1)]);
});

it('sends one creation for two submits', async () => {
  const calls = serve({ 'POST /api/cpts': () => cpts(2), 'GET /api/': () => page([]) });
  const request = { name: 'CPTS 2', units: ['01001'] };
  const both = await Promise.all([create(request), create(request)]);
  expect(both.map((one) => one?.id)).toEqual([2, undefined]);
  expect(calls.filter((call) => call.startsWith('POST'))).toHaveLength(1);
  await settled();
});

describe('readings that come in another order', () => {
  it('an older answer never overwrites a newer one', async () => {
    let answerOld: (body: unknown) => void = () => {};
    const lists = [new Promise((resolve) => (answerOld = resolve)), page([cpts(1), cpts(2)])];
    serve({ 'GET /api/cpts': () => lists.shift(), 'GET /api/overlaps': () => page([]) });
    const old = refreshCpts();
    await refreshCpts();
    answerOld(page([cpts(1)]));
    await old;
    expect(ids()).toEqual([1, 2]);
  });

  it('nor what a write put there since it was asked', async () => {
    let answerOld: (body: unknown) => void = () => {};
    const lists = [new Promise((resolve) => (answerOld = resolve)), refusal(500, 'Non.')];
    serve({
      'GET /api/cpts': () => lists.shift(),
      'GET /api/overlaps': () => page([]),
      'POST /api/cpts': () => cpts(2),
    });
    const old = refreshCpts();
    await create({ name: 'CPTS 2', units: ['01001'] });
    answerOld(page([cpts(1)]));
    await old;
    await settled();
    expect(ids()).toEqual([1, 2]);
  });
});
