// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultPoleParameters, type PoleParameters } from '../../server/contracts/poles.ts';
import { address, go, homeAddress } from '../../web/src/state/address.ts';
import {
  analyse,
  analysisFailure,
  askedAt,
  givenUp,
  giveUp,
  poleRuns,
} from '../../web/src/state/pole-runs.ts';
import { differences, whyNoPole } from '../../web/src/workspaces/analyse/describe-analysis.ts';
import { page, refusal, serve } from './serve.ts';

beforeEach(() => go({ ...homeAddress, dataset: 3 }));
afterEach(() => {
  vi.unstubAllGlobals();
  poleRuns.clear();
});
const strict: PoleParameters = { ...defaultPoleParameters, minRate: 0.4 };
const answers = (parameters: PoleParameters) => ({
  'POST /api/flow-datasets/3/pole-runs': () => ({ id: 9, dataset: 3, parameters }),
  'GET /api/flow-datasets/3/pole-runs': () => page([]),
});

it('an analysis goes into the address, unless it is the default one', async () => {
  serve(answers(strict));
  await analyse(3, strict);
  expect(address.value).toMatchObject({ dataset: 3, analysis: 9 });
  serve(answers(defaultPoleParameters));
  await analyse(3, defaultPoleParameters);
  expect(address.value).toMatchObject({ dataset: 3, analysis: null });
});

it('an analysis refused leaves what is shown, and says why', async () => {
  serve({ 'POST /api/': () => refusal(422, 'Poids nuls.') });
  await analyse(3, strict);
  expect(analysisFailure.value?.message).toBe('Poids nuls.');
  expect(address.value.analysis).toBeNull();
  expect(askedAt.value).toBeNull();
});

it('one that is waited for no longer changes nothing, and another may be asked', async () => {
  vi.stubGlobal(
    'fetch',
    (_: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      }),
  );
  const asked = analyse(3, strict);
  expect(askedAt.value).not.toBeNull();
  giveUp();
  await asked;
  expect([givenUp.value, askedAt.value, address.value.analysis]).toEqual([true, null, null]);
  serve(answers(strict));
  await analyse(3, strict);
  expect([givenUp.value, address.value.analysis]).toEqual([false, 9]);
});

it('says what differs from the default analysis, and nothing of the rest', () => {
  expect(differences(defaultPoleParameters)).toEqual([]);
  const all: PoleParameters = {
    method: 'nystuen-dacey',
    weights: { cardiologie: 2.5, orl: 1 },
    masked: 10,
    minPatients: 1200,
    minRate: 0.125,
    minCommunes: 3,
  };
  expect(differences(all).map((text) => text.replace(/\s/g, ' '))).toEqual([
    'flux dominants',
    'masquées à 10',
    'au moins 1 200 patients',
    'taux d’au moins 12,5 %',
    'au moins 3 communes',
    'cardiologie × 2,5',
  ]);
});

it('names the threshold that leaves a commune without a pole', () => {
  const parameters = { ...strict, minPatients: 100, minCommunes: 2 };
  const why = (patients: number, rate: number) => whyNoPole(parameters, { patients, rate });
  expect(why(99, 0.9)).toContain('100');
  expect(why(100, 0.39)).toContain('40');
  expect(why(100, 0.4)).toContain('moins de 2');
  expect(whyNoPole(defaultPoleParameters, { patients: 0, rate: 0 })).toContain('aucun patient');
});
