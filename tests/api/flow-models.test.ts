import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FlowDataset } from '../../server/contracts/flow-datasets.ts';
import type { CalibrationReport, TravelTimesUpload } from '../../server/contracts/flow-models.ts';
import type { FlowRun } from '../../server/contracts/flow-runs.ts';
import type { Poles } from '../../server/contracts/poles.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

describe.each(engines)('modelling and calibrating over HTTP on %s', (engine) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi(engine);
  });
  afterAll(async () => {
    await api.close();
  });

  /** The run once it is over. */
  async function ended(path: string, body: unknown): Promise<FlowRun> {
    const answer = await api.post(path, body);
    expect(answer.statusCode, answer.body).toBe(202);
    const { id } = answer.json<FlowRun>();
    await api.flowRuns.ended(id);
    return (await api.get(`/api/flow-runs/${id}`)).json();
  }

  const datasets = async (): Promise<FlowDataset[]> =>
    (await api.get('/api/flow-datasets')).json().items;

  test('the supply is told by specialty', async () => {
    const supply = (await api.get('/api/supply')).json();
    expect(supply).toEqual({
      source: 'Offre d’essai',
      specialties: [
        { key: 'cardiologie', label: 'Cardiologie', practitioners: 51, communes: 3 },
        {
          key: 'dermatologie',
          label: 'Dermatologie et vénéréologie',
          practitioners: 23,
          communes: 2,
        },
      ],
    });
  });

  test('a model is a dataset; a calibration on it gives its values, a model takes them', async () => {
    const wanted = { name: 'Plus loin', alpha: 1.1, beta: 20, destinations: 48 };
    const run = await ended('/api/flow-models', wanted);
    expect(run).toMatchObject({ kind: 'model', status: 'done', name: 'Plus loin', report: null });
    const [made] = await datasets();
    expect(made).toMatchObject({ id: run.dataset, name: 'Plus loin', kind: 'modelled' });
    const map = await api.get(`/api/flow-datasets/${made?.id}/poles`);
    expect(map.json().communes).toHaveLength(48);

    const fit = await ended('/api/calibrations', { dataset: made?.id });
    expect(fit).toMatchObject({
      kind: 'calibration',
      status: 'done',
      name: 'Calage sur « Plus loin »',
      dataset: null,
    });
    const { pooled, masked } = fit.report as CalibrationReport;
    expect(masked).toBe(5);
    expect(pooled?.alpha).toBeCloseTo(1.1, 4);
    expect(pooled?.beta).toBeCloseTo(20, 3);

    const specialties = { cardiologie: { alpha: 1, beta: 9 } };
    const again = await ended('/api/flow-models', { specialties, calibratedOn: made?.id });
    const [last] = await datasets();
    expect(last).toMatchObject({
      id: again.dataset,
      provenance: expect.stringContaining(
        `calées sur le jeu de flux n° ${made?.id} (« Plus loin »)`,
      ),
      parameters: { alpha: 0.7, betaKm: 8, specialties, calibratedOn: made?.id },
    });
  });

  const send = (content: string, name = 'trajets.csv') =>
    api.app.inject({
      method: 'POST',
      url: `/api/travel-times?name=${name}`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.from(content),
    });

  test('a table of travel times that was sent is what distances are read in', async () => {
    const home = codeAt(0, 5);
    const [near, far] = [codeAt(6, 1), codeAt(3, 2)];
    const table = `origine;destination;minutes\n${home};${near};4,5\n${home};${far};300\n69123;${far};2\n`;
    const sent = await send(table);
    expect(sent.statusCode, sent.body).toBe(201);
    const times = sent.json<TravelTimesUpload>();
    expect(times).toMatchObject({ file: 'trajets.csv', pairs: 4, alone: 45 });
    expect(times.remarks.join()).toContain('hors des communes chargées');

    const run = await ended('/api/flow-models', { beta: 15, travelTimes: times.id });
    expect(run).toMatchObject({ status: 'done' });
    const [made] = await datasets();
    expect(made).toMatchObject({
      id: run.dataset,
      provenance: expect.stringContaining('trajets.csv'),
      parameters: { distance: 'travel-time', betaMinutes: 15 },
    });
    const { communes } = (await api.get(`/api/flow-datasets/${made?.id}/poles`)).json<Poles>();
    // The near town in minutes, six times as far as the other as the crow flies.
    expect(communes.find(({ code }) => code === home)?.pole).toBe(near);

    const fit = await ended('/api/calibrations', { dataset: made?.id, travelTimes: times.id });
    expect((fit.report as CalibrationReport).travelTimes).toBe('trajets.csv');
  });

  test('a table that cannot be read is refused as it is sent, one that is gone before any run', async () => {
    const refused = await send(`origine;destination;minutes\n${codeAt(0, 0)};${codeAt(1, 0)};-3\n`);
    expect([refused.statusCode, refused.json().error.code]).toEqual([422, 'invalid_number']);
    expect(refused.json().error.message).toContain('ligne 2');
    const runs = (await api.get('/api/flow-runs')).json().total;
    const travelTimes = 'A'.repeat(22);
    const answer = await api.post('/api/flow-models', { travelTimes });
    expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'unknown_upload']);
    expect((await api.get('/api/flow-runs')).json().total).toBe(runs);
  });

  test.each([
    ['/api/flow-models', { beta: 0 }, 400, 'invalid_request'],
    ['/api/flow-models', { alpha: 9 }, 400, 'invalid_request'],
    ['/api/flow-models', { name: ' ' }, 400, 'invalid_request'],
    ['/api/flow-models', { travel: 'x' }, 400, 'invalid_request'],
    ['/api/flow-models', { specialties: { orl: { alpha: 1, beta: 8 } } }, 404, 'unknown_specialty'],
    ['/api/flow-models', { calibratedOn: 99_999 }, 404, 'unknown_dataset'],
    ['/api/calibrations', { dataset: 99_999 }, 404, 'unknown_dataset'],
    ['/api/calibrations', { dataset: 1, masked: 3 }, 400, 'invalid_request'],
    ['/api/calibrations', {}, 400, 'invalid_request'],
  ])('%s refuses %j at once', async (path, body, status, code) => {
    const before = await datasets();
    const answer = await api.post(path, body);
    expect([answer.statusCode, answer.json().error.code]).toEqual([status, code]);
    expect(await datasets()).toEqual(before);
  });
});
