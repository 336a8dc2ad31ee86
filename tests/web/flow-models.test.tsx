// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CalibrationReport } from '../../server/contracts/flow-models.ts';
import { defaultGravity } from '../../server/core/flows/gravity-parameters.ts';
import { ModelDialog } from '../../web/src/datasets/model-dialog.tsx';
import { address, go, homeAddress } from '../../web/src/state/address.ts';
import { datasets, flowFact } from '../../web/src/state/analysis.ts';
import {
  calibrate,
  calibratedOn,
  calibration,
  cancelModelRun,
  gravity,
  modelFailure,
  modelFlows,
  modelName,
  modelRun,
  resumeModelRun,
  setSpecialty,
  supply,
  takeCalibration,
} from '../../web/src/state/flow-models.ts';
import { page, refusal, serve } from './serve.ts';

const run = (status: string, more: object = {}) => ({
  id: 3,
  kind: 'model',
  name: 'Essai',
  status,
  progress: 0.4,
  dataset: null,
  message: null,
  report: null,
  ...more,
});
const extract = { id: 2, name: 'Extrait 2023', kind: 'extract', specialties: [], parameters: {} };
const values = {
  alpha: 0.9123,
  beta: 14.5,
  alphaState: 'estimated' as const,
  betaState: 'estimated' as const,
  alphaError: 0.01,
  betaError: 0.2,
  converged: true,
  patients: 900,
  withoutSupply: 100,
  unreachable: 0,
  logLikelihood: -1200,
  nullLogLikelihood: -3000,
  mcFadden: 0.6,
  r2: 0.87,
  origins: 40,
  samePole: 36,
};
const report: CalibrationReport = {
  dataset: { id: 2, name: 'Extrait 2023' },
  masked: 5,
  travelTimes: null,
  pooled: values,
  specialties: [
    { key: 'orl', label: 'ORL', practitioners: 12, values: { ...values, alpha: 1.2, beta: 20 } },
    { key: 'pediatrie', label: 'Pédiatrie', practitioners: 3, values: null },
  ],
  left: { outside: 10, otherSpecialties: 0 },
};

beforeEach(() => {
  vi.useFakeTimers();
  go(homeAddress);
  gravity.value = defaultGravity;
  calibration.value = null;
  calibratedOn.value = null;
  modelFailure.value = null;
  modelRun.value = null;
  modelName.value = '';
  datasets.put('all', []);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  render(null, document.body);
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it('models with the values of the form, follows the run and shows its dataset', async () => {
  const sent: unknown[] = [];
  const states = [run('running'), refusal(503, 'Plus tard.'), run('done', { dataset: 7 })];
  const calls = serve({
    'POST /api/flow-models': (_, init) => {
      sent.push(JSON.parse(String(init.body)));
      return run('queued');
    },
    'GET /api/flow-runs/3': () => states.shift(),
    'GET /api/flow-datasets': () => page([{ ...extract, id: 7, kind: 'modelled' }]),
  });
  setSpecialty('orl', { alpha: 1, beta: 12 });
  modelName.value = '  Essai ';
  const done = modelFlows();
  void modelFlows();
  await pass(500);
  expect(modelRun.value?.status).toBe('running');
  await pass(4000);
  await done;
  expect(sent).toEqual([
    { ...defaultGravity, specialties: { orl: { alpha: 1, beta: 12 } }, name: 'Essai' },
  ]);
  expect(calls.filter((call) => call.startsWith('POST'))).toHaveLength(1);
  expect(address.value.dataset).toBe(7);
  expect(modelRun.value).toBeNull();
});

it('finds after a reload the calibration under way, never an import', async () => {
  const live = run('running', { kind: 'calibration' });
  serve({
    'GET /api/flow-runs/3': () => run('done', { kind: 'calibration', report }),
    'GET /api/flow-runs': () => page([run('running', { kind: 'import', id: 4 }), live]),
  });
  const done = resumeModelRun();
  await pass(100);
  expect(modelRun.value?.id).toBe(3);
  await pass(1000);
  await done;
  expect(calibration.value).toEqual(report);
  expect(modelRun.value).toBeNull();
});

it('leaves where they are those who went to see another dataset meanwhile', async () => {
  serve({
    'POST /api/flow-models': () => run('queued'),
    'GET /api/flow-runs/3': () => run('done', { dataset: 7 }),
    'GET /api/flow-datasets': () => page([]),
  });
  const done = modelFlows();
  go({ dataset: 2 });
  await pass(1000);
  await done;
  expect(address.value.dataset).toBe(2);
});

it.each([
  ['refused at once', { 'POST /api/flow-models': () => refusal(429, 'Trop de travaux.') }, 'Trop'],
  [
    'failed',
    {
      'POST /api/flow-models': () => run('queued'),
      'GET /api/flow-runs/3': () => run('failed', { message: 'Le modèle a échoué.' }),
    },
    'Le modèle a échoué.',
  ],
])('says why it %s, and can be sent again', async (_, handlers, sentence) => {
  serve(handlers);
  const done = modelFlows();
  await pass(1000);
  await done;
  expect(modelFailure.value?.message).toContain(sentence);
  expect(modelRun.value).toBeNull();
});

it('stops the run it started', async () => {
  const calls = serve({
    'POST /api/flow-models': () => run('queued'),
    'POST /api/flow-runs/3/cancel': () => run('cancelled'),
    'GET /api/flow-runs/3': () => run('cancelled'),
  });
  const done = modelFlows();
  await pass(10);
  void cancelModelRun();
  await pass(1000);
  await done;
  expect(calls).toContain('POST /api/flow-runs/3/cancel');
  expect(modelFailure.value).toBeNull();
  expect(address.value.dataset).toBeNull();
});

describe('a calibration', () => {
  it('shows its figures; its values are taken, and are nobody’s once changed', async () => {
    serve({
      'POST /api/calibrations': () => run('queued', { kind: 'calibration' }),
      'GET /api/flow-runs/3': () => run('done', { kind: 'calibration', report }),
    });
    const done = calibrate(2, 5);
    await pass(1000);
    await done;
    datasets.put('all', [extract as never]);
    supply.put('all', {
      source: 'Offre d’essai',
      specialties: [{ key: 'orl', label: 'ORL', practitioners: 12, communes: 4 }],
    });
    render(<ModelDialog />, document.body);
    const text = (document.body.textContent ?? '').replace(/\s/g, ' ');
    for (const piece of ['Toutes ensemble', '0,91', '14,50', '−1 200', '0,870', '90,0 %', '10,0 %'])
      expect(text).toContain(piece);
    expect(text).toContain('aucun patient sur qui caler');
    expect(text).toContain('10 patients ne comptent pas');

    takeCalibration();
    expect(gravity.value).toMatchObject({
      alpha: 0.912,
      beta: 14.5,
      specialties: { orl: { alpha: 1.2, beta: 20 } },
    });
    expect(calibratedOn.value).toEqual({ id: 2, name: 'Extrait 2023' });
    setSpecialty('orl', null);
    expect(gravity.value.specialties).toEqual({});
    expect(calibratedOn.value).toBeNull();
  });
});

it('says in a few words what flows rest on', () => {
  const fact = (parameters: object) =>
    flowFact({ kind: 'modelled', parameters: { ...parameters } }).replace(/\s/g, ' ');
  expect(flowFact({ kind: 'extract', parameters: {} })).toBe('Flux extraits');
  expect(fact({ alpha: 0.7, betaKm: 8 })).toBe('Flux modélisés α = 0,7 ; β = 8 km');
  const specialties = { orl: { alpha: 1, beta: 2 }, pediatrie: { alpha: 1, beta: 2 } };
  expect(fact({ alpha: 0.75, betaMinutes: 12.5, specialties })).toBe(
    'Flux modélisés α = 0,75 ; β = 12,5 min de trajet, 2 spécialités à part',
  );
});
