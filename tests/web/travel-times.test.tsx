// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import { TravelPart } from '../../web/src/datasets/travel-part.tsx';
import { betaUnit } from '../../web/src/state/flow-models.ts';
import {
  distanceUnit,
  formatDistance,
  leaveTravelTimes,
  sendingTravel,
  takeTravelTimes,
  travelFailure,
  travelTimes,
} from '../../web/src/state/travel-times.ts';
import { serve } from './serve.ts';

const times = {
  id: 'abc',
  file: 'trajets.csv',
  pairs: 1234,
  alone: 12,
  remarks: ['Durées vides : 3.'],
  expiresAt: '2026-11-22T06:00:00Z',
};

/** A request that answers at once, or never. */
function answering(status: number, response: unknown): void {
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload = {};
      status = status;
      response = response;
      onload = () => {};
      onabort = () => {};
      open() {}
      setRequestHeader() {}
      send() {
        if (status > 0) queueMicrotask(() => this.onload());
      }
      abort() {
        this.onabort();
      }
    },
  );
}

const text = () => (document.body.textContent ?? '').replace(/\s/g, ' ');

afterEach(() => {
  travelTimes.value = null;
  travelFailure.value = null;
  vi.unstubAllGlobals();
  render(null, document.body);
});

it('a table that is taken turns km into minutes, and can be left', async () => {
  answering(201, times);
  await takeTravelTimes(new File(['x'], 'trajets.csv'));
  expect([distanceUnit(), formatDistance(20).replace(/\s/, ' ')]).toEqual(['min', '20 min']);
  render(<TravelPart />, document.body);
  expect(text()).toContain('temps de trajet de « trajets.csv »');
  expect(text()).toContain('1 234 trajets possibles');
  expect(text()).toContain('Durées vides : 3.');
  expect(text()).toContain('12 communes n’ont aucun trajet');
  expect(text()).toContain('β était en kilomètres : il se lit maintenant en minutes');
  const calls = serve({ 'DELETE /api/flow-imports/abc': () => null });
  leaveTravelTimes();
  expect(calls).toEqual(['DELETE /api/flow-imports/abc']);
  expect(distanceUnit()).toBe('km');
  expect(betaUnit.value).toBe('km');
});

it('a refused one says why, and leaves the one there was', async () => {
  travelTimes.value = times;
  answering(400, { error: { code: 'invalid_number', message: 'Ligne 2 : −3.', requestId: 'r' } });
  await takeTravelTimes(new File(['x'], 'autre.csv'));
  expect(travelFailure.value?.message).toBe('Ligne 2 : −3.');
  expect(travelTimes.value).toEqual(times);
});

it('one on its way can be stopped, without a word', async () => {
  answering(0, null);
  const done = takeTravelTimes(new File(['x'], 'trajets.csv'));
  expect(sendingTravel.value?.file).toBe('trajets.csv');
  sendingTravel.value?.stop();
  await done;
  expect([sendingTravel.value, travelFailure.value, travelTimes.value]).toEqual([null, null, null]);
});
