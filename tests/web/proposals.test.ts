// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Proposal } from '../../server/contracts/proposals.ts';
import { address, go, homeAddress } from '../../web/src/state/address.ts';
import {
  follow,
  lastEnd,
  pollTrouble,
  propose,
  runFailure,
  runId,
  runs,
  starting,
  underWay,
} from '../../web/src/state/proposals.ts';
import { page, refusal, serve } from './serve.ts';

const run = (id: number, status: Proposal['status'], message: string | null = null) =>
  ({ id, status, message, progress: 0, territories: [], indicators: null }) as unknown as Proposal;

beforeEach(() => {
  vi.useFakeTimers();
  go(homeAddress);
  runs.put('all', [run(1, 'done')]);
  for (const said of [lastEnd, runFailure, pollTrouble, underWay]) said.value = null;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** A server whose run `id` answers each of `states` in turn, then the last for ever. */
function server(id: number, ...states: unknown[]) {
  return serve({
    'POST /api/proposals': () => run(id, 'queued'),
    [`GET /api/proposals/${id}`]: () => (states.length > 1 ? states.shift() : states[0]),
    'GET /api/proposals': () => page([run(1, 'done'), run(id, 'done')]),
  });
}

it('starts one run for two submits, and none while one is under way', async () => {
  const calls = server(2, run(2, 'running'), run(2, 'running'), run(2, 'done'));
  void propose({});
  void propose({});
  expect(starting.value).toBe(true);
  await pass(700);
  expect(starting.value).toBe(false);
  expect(underWay.value?.id).toBe(2);
  void propose({});
  await pass(3000);
  expect(calls.filter((call) => call.startsWith('POST'))).toHaveLength(1);
});

it('lets the form be sent again after a refusal', async () => {
  serve({ 'POST /api/proposals': () => refusal(409, 'Un calcul est déjà en cours.') });
  await propose({});
  expect(starting.value).toBe(false);
  expect(runFailure.value?.message).toBe('Un calcul est déjà en cours.');
});

describe('a run that ends', () => {
  it('is shown when it was started here and Analyser is still open', async () => {
    server(3, run(3, 'done'));
    void propose({});
    await pass(1000);
    expect(address.value).toMatchObject({ view: 'territories', run: 3, selection: null });
  });

  it('changes nothing for who has gone elsewhere', async () => {
    server(4, run(4, 'done'));
    void propose({});
    go({ workspace: 'draw', selection: { kind: 'unit', code: '45234' } });
    await pass(1000);
    expect(address.value).toMatchObject({
      workspace: 'draw',
      view: 'poles',
      selection: { kind: 'unit', code: '45234' },
    });
    expect(runId.value).toBe(1);
    expect(lastEnd.value?.id).toBe(4);
  });

  it('changes nothing when it was started elsewhere', async () => {
    server(5, run(5, 'done'));
    go({ view: 'territories', selection: { kind: 'territory', id: 3 } });
    void follow(run(5, 'running'));
    await pass(1000);
    expect(address.value.selection).toEqual({ kind: 'territory', id: 3 });
    expect(runId.value).toBe(1);
    expect(runs.state.value).toMatchObject({ value: [{ id: 1 }, { id: 5 }] });
  });

  it.each(['failed', 'interrupted'] as const)('says why it %s', async (status) => {
    server(6, run(6, status, 'Le serveur s’est arrêté.'));
    void propose({});
    await pass(1000);
    expect(underWay.value).toBeNull();
    expect(lastEnd.value).toMatchObject({ status, message: 'Le serveur s’est arrêté.' });
    expect(address.value.run).toBeNull();
  });
});

describe('a server that does not answer', () => {
  it('is asked again, less and less often, and the run is not lost', async () => {
    const away = refusal(503, 'Le serveur démarre.');
    const calls = server(7, away, away, away, run(7, 'done'));
    const asked = () => calls.filter((call) => call.endsWith('/7')).length;
    void propose({});
    await pass(600);
    expect(asked()).toBe(1);
    await pass(1100);
    expect(asked()).toBe(1);
    await pass(200);
    expect(asked()).toBe(2);
    expect(pollTrouble.value).toBeNull();
    await pass(2400);
    expect(pollTrouble.value?.message).toBe('Le serveur démarre.');
    expect(underWay.value?.id).toBe(7);
    await pass(4800);
    expect(pollTrouble.value).toBeNull();
    expect(underWay.value).toBeNull();
    expect(address.value.run).toBe(7);
  });

  it('is not asked for ever about a run that it does not have', async () => {
    const calls = server(8, refusal(404, 'Cette proposition n’existe pas.'));
    void propose({});
    await pass(60_000);
    expect(calls.filter((call) => call.endsWith('/8'))).toHaveLength(1);
    expect(underWay.value).toBeNull();
    expect(runFailure.value?.message).toBe('Cette proposition n’existe pas.');
  });
});

describe('the events of the server', () => {
  /** A stream that the test speaks through. */
  class Stream {
    static last: Stream;
    onmessage: ((event: { data: string }) => void) | null = null;
    onerror: (() => void) | null = null;
    readyState = 0;
    closed = false;
    readonly path: string;
    constructor(path: string) {
      this.path = path;
      Stream.last = this;
    }
    close() {
      this.closed = true;
    }
    say(state: unknown) {
      this.onmessage?.({ data: JSON.stringify(state) });
    }
  }
  beforeEach(() => vi.stubGlobal('EventSource', Stream));

  it('tell the best figures on the way, and the run is read once at its end', async () => {
    const calls = server(9, run(9, 'done'));
    void propose({});
    await pass(0);
    expect(Stream.last.path).toBe('/api/proposals/9/events');
    const best = { territories: 40, inBandShare: 1, inside: 0.6 };
    Stream.last.say({ ...run(9, 'running'), best });
    expect(underWay.value?.best).toEqual(best);
    await pass(60_000);
    expect(calls).not.toContain('GET /api/proposals/9');
    Stream.last.say(run(9, 'done'));
    await pass(0);
    expect(Stream.last.closed).toBe(true);
    expect(address.value.run).toBe(9);
    expect(calls.filter((call) => call === 'GET /api/proposals/9')).toHaveLength(1);
  });

  it('are done without when they fail', async () => {
    server(10, run(10, 'running'), run(10, 'done'));
    void propose({});
    await pass(0);
    Stream.last.onerror?.();
    expect(Stream.last.closed).toBe(true);
    await pass(1300);
    expect(underWay.value).toBeNull();
    expect(address.value.run).toBe(10);
  });
});
