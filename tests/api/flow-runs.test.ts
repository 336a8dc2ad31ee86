import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FlowRun } from '../../server/contracts/flow-runs.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowRunRepository } from '../../server/db/repositories/flow-runs.ts';
import { DomainError } from '../../server/errors.ts';
import { type FlowRunResult, flowRuns } from '../../server/usecases/flow-runs.ts';
import type { RunTurn } from '../../server/usecases/run-queue.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';

/** The states that a stream of server-sent events told. */
function statesOf(body: string): FlowRun[] {
  return body
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => JSON.parse(event.slice(6)) as FlowRun);
}

/** Work that the test ends: it waits until it is let go, or stopped. */
function heldWork(result: FlowRunResult) {
  let finish = (_?: Error) => {};
  const held = new Promise<void>((resolve, reject) => {
    finish = (error) => (error ? reject(error) : resolve());
  });
  let begun = (_: RunTurn) => {};
  const turn = new Promise<RunTurn>((resolve) => {
    begun = resolve;
  });
  return {
    turn,
    finish: (error?: Error) => finish(error),
    work: async (given: RunTurn) => {
      given.signal.addEventListener('abort', () => finish(new Error('stopped')));
      begun(given);
      await held;
      return result;
    },
  };
}

describe.each(engines)('runs that make flow datasets on %s', (engine) => {
  let api: TestApi;
  let vintage: string;
  let dataset: number;
  const failures: unknown[] = [];
  beforeAll(async () => {
    api = await openTestApi(engine, { onFailure: (error) => failures.push(error) });
    vintage = api.region.loaded().vintage.id;
    dataset = (await flowDatasetRepository(api.database.kysely).latest(vintage))?.id ?? 0;
  });
  afterAll(async () => {
    await api.close();
  });
  afterEach(() => {
    failures.length = 0;
  });

  const start = (work: (turn: RunTurn) => Promise<FlowRunResult>, name = 'Essai') =>
    api.flowRuns.start(vintage, 'model', name, work, 'local');
  const get = async (id: number): Promise<FlowRun> =>
    (await api.get(`/api/flow-runs/${id}`)).json();

  test('a run goes from the queue to its dataset, one at a time, and the stream tells it', async () => {
    const first = heldWork({ dataset, report: { fit: 0.9 } });
    const second = heldWork({ dataset });
    const { id } = await start(first.work, 'Premier');
    const next = await start(second.work, 'Second');
    const turn = await first.turn;
    expect(await get(next.id)).toMatchObject({ status: 'queued', progress: 0, dataset: null });
    turn.onStep('Lecture du fichier');
    turn.onProgress(30, 120);
    expect(await get(id)).toMatchObject({
      kind: 'model',
      name: 'Premier',
      status: 'running',
      progress: 0.25,
      step: 'Lecture du fichier',
      report: null,
    });
    const { items } = (await api.get('/api/flow-runs?limit=2')).json();
    expect(items.map((run: FlowRun) => [run.id, run.status])).toEqual([
      [next.id, 'queued'],
      [id, 'running'],
    ]);

    const streamed = api.get(`/api/flow-runs/${id}/events`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    turn.onProgress(1, 2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    first.finish();
    const answer = await streamed;
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('text/event-stream'),
      'cache-control': expect.stringContaining('no-cache'),
    });
    expect(answer.headers['content-encoding']).toBeUndefined();
    const states = statesOf(answer.body);
    // A run under way is told of again and again, whether anything changed or not.
    const told = states.map(({ status, progress }) => `${status} ${progress}`);
    expect(told.filter((state, k) => state !== told[k - 1])).toEqual([
      'running 0.25',
      'running 0.5',
      'done 1',
    ]);
    expect(states.at(-1)).toMatchObject({ dataset, report: { fit: 0.9 }, message: null });
    expect(await get(id)).toEqual(states.at(-1));

    await second.turn;
    second.finish();
    await api.flowRuns.ended(next.id);
    expect(await get(next.id)).toMatchObject({ status: 'done', report: null });
    // What is over is told at once.
    expect(statesOf((await api.get(`/api/flow-runs/${id}/events`)).body)).toHaveLength(1);
  });

  test('a refusal keeps its code, its sentence and its report; the unforeseen none', async () => {
    const refused = await start(async () => {
      throw new DomainError('no_known_origin', 'Rien de connu.', { report: { rows: 3 } });
    });
    const broken = await start(async () => {
      throw new Error('secret');
    });
    await api.flowRuns.ended(broken.id);
    expect(await get(refused.id)).toMatchObject({
      status: 'failed',
      code: 'no_known_origin',
      message: 'Rien de connu.',
      report: { rows: 3 },
      dataset: null,
    });
    const unforeseen = await get(broken.id);
    expect(unforeseen).toMatchObject({ status: 'failed', code: 'internal', report: null });
    expect(JSON.stringify(unforeseen)).not.toContain('secret');
    expect(failures).toMatchObject([{ message: 'secret' }]);
  });

  test('stopped while it runs or waits, a run is cancelled and the next one goes on', async () => {
    const held = [heldWork({ dataset }), heldWork({ dataset }), heldWork({ dataset })] as const;
    const runs = [];
    for (const { work } of held) runs.push((await start(work)).id);
    const [running = 0, waiting = 0, last = 0] = runs;
    await held[0].turn;
    const early = await api.post(`/api/flow-runs/${waiting}/cancel`);
    expect(early.json().status).toBe('cancelled');
    const stopped = await api.post(`/api/flow-runs/${running}/cancel`);
    expect(stopped.statusCode).toBe(200);
    await held[2].turn;
    held[2].finish();
    await api.flowRuns.ended(last);
    const ends = [await get(running), await get(waiting), await get(last)];
    expect(ends.map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'done']);
    expect(ends[0]?.message).toContain('rien n’a été chargé');
    // Traced as what was asked by whoever stopped it, though it is written when the work has let go.
    for (const [run, answer] of [
      [running, stopped],
      [waiting, early],
    ] as const) {
      const { items } = (await api.get(`/api/events?subject=flow-run/${run}`)).json();
      const [last] = items;
      expect([last.verb, last.requestId]).toEqual(['cancel_run', answer.headers['x-request-id']]);
    }
    expect(failures).toEqual([]);
    const again = await api.post(`/api/flow-runs/${running}/cancel`);
    expect(again.json().error.code).toBe('not_cancellable');
  });

  test('stopped as it begins, a run does not work, and holds no server that closes', async () => {
    let worked = 0;
    const work = async () => {
      worked++;
      return { dataset };
    };
    const { id } = await start(work);
    // Before the database has answered that it begins.
    await api.flowRuns.cancel(vintage, id, 'test');
    await api.flowRuns.ended(id);
    expect((await get(id)).status).toBe('cancelled');
    const other = flowRuns(api.database.kysely, (error) => failures.push(error));
    await other.start(vintage, 'import', 'À peine commencé', work, 'test');
    await other.close();
    expect(await flowRunRepository(api.database.kysely).interruptRunning()).toHaveLength(1);
    expect([worked, failures]).toEqual([0, []]);
  });

  test('the queue has an end', async () => {
    const held = Array.from({ length: 10 }, () => heldWork({ dataset }));
    for (const { work } of held) await start(work);
    await expect(start(async () => ({ dataset }))).rejects.toMatchObject({
      code: 'too_many_runs',
    });
    for (const { finish } of held) finish();
    const { items } = (await api.get('/api/flow-runs?limit=1')).json();
    await api.flowRuns.ended(items[0].id);
  });

  test('what ran when the server ended is marked as interrupted at the next start', async () => {
    const other = flowRuns(api.database.kysely, (error) => failures.push(error));
    const { work, turn } = heldWork({ dataset });
    const { id } = await other.start(vintage, 'import', 'Interrompu', work, 'local');
    await turn;
    await other.close();
    expect(await flowRunRepository(api.database.kysely).interruptRunning()).toHaveLength(1);
    expect(await get(id)).toMatchObject({
      status: 'interrupted',
      message: expect.stringContaining('relancez-le'),
    });
    expect(failures).toEqual([]);
  });

  test('a run that does not exist is refused before any stream', async () => {
    for (const path of ['', '/events']) {
      const answer = await api.get(`/api/flow-runs/9999${path}`);
      expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'unknown_flow_run']);
    }
  });

  // The last one: it closes the server.
  test('the stream ends with its reader, and with the server', async () => {
    const address = await api.app.listen({ port: 0, host: '127.0.0.1' });
    const held = heldWork({ dataset });
    const { id } = await start(held.work);
    const ask = async () => {
      const url = `${address}/api/flow-runs/${id}/events`;
      const asked = httpGet(url, { agent: false, headers: { 'accept-encoding': 'gzip' } });
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      return answer;
    };
    const one = await ask();
    expect(one.headers['content-encoding']).toBeUndefined();
    expect(String((await once(one, 'data'))[0])).toContain('"status":"running"');
    one.destroy();
    const whole = text(await ask());
    // Closing waits for every connection.
    await api.app.close();
    expect(statesOf(await whole).at(-1)?.status).toBe('running');
  });
});
