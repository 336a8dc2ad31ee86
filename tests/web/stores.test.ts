import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { ApiFailure } from '../../web/src/api/client.ts';
import { conflictsIn, sharedWith } from '../../web/src/state/cpts.ts';
import {
  addUnits,
  canUndo,
  clearDraft,
  draftUnits,
  redo,
  removeUnits,
  toggleUnit,
  undo,
} from '../../web/src/state/draft.ts';
import { boundsOf, pieceCount, unitsOf } from '../../web/src/state/region.ts';
import { readyValue, resource } from '../../web/src/state/resource.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 3);

describe('draft', () => {
  afterEach(clearDraft);
  const units = () => [...draftUnits.value].sort();

  it('undoes and redoes gestures, not communes', () => {
    addUnits([0, 1, 2]);
    toggleUnit(1);
    expect(units()).toEqual([0, 2]);
    undo();
    expect(units()).toEqual([0, 1, 2]);
    undo();
    expect(units()).toEqual([]);
    redo();
    redo();
    expect(units()).toEqual([0, 2]);
  });

  it('counts only what a gesture changes, and keeps no empty one', () => {
    expect(addUnits([3, 4])).toBe(2);
    expect(addUnits([4])).toBe(0);
    expect(removeUnits([8])).toBe(0);
    undo();
    expect(canUndo.value).toBe(false);
  });

  it('says whether the territory is in one piece', () => {
    expect(pieceCount(region, new Set())).toBe(0);
    expect(pieceCount(region, new Set([0, 1, 4]))).toBe(1);
    expect(pieceCount(region, new Set([0, 4]))).toBe(2);
  });
});

describe('conflicts', () => {
  const cpts = (id: number, units: number[]) =>
    ({ id, name: `CPTS ${id}`, units: units.map((unit) => region.code[unit]!) }) as Cpts;

  it('gives what is shared, the most populated first, and nothing of the others', () => {
    const shared = sharedWith(region, new Set([1, 2, 3]), [
      cpts(1, [0, 1]),
      cpts(2, [2, 3, 4]),
      cpts(3, [8]),
    ]);
    expect(shared.map((one) => [one.cpts.id, one.units, one.population])).toEqual([
      [2, [2, 3], 7000],
      [1, [1], 2000],
    ]);
  });

  it('reads the details of a refusal, and of nothing else', () => {
    const refusal = { message: 'Refusé.', status: 409, details: [{ population: 3 }] };
    const read = (code: string, details: unknown) =>
      conflictsIn(new ApiFailure({ ...refusal, code, details }));
    expect(read('territory_conflict', refusal.details)).toEqual(refusal.details);
    expect(read('territory_conflict', undefined)).toEqual([]);
    expect(read('name_taken', refusal.details)).toEqual([]);
  });
});

describe('resource', () => {
  it('drops an answer that comes after a newer question', async () => {
    const shown = resource<string>();
    let answerOld: (value: string) => void = () => {};
    const old = shown.show('old', () => new Promise((resolve) => (answerOld = resolve)));
    await shown.show('new', async () => 'new');
    answerOld('old');
    await old;
    expect(shown.state.value).toEqual({ status: 'ready', value: 'new' });
  });

  it('keeps what it showed while the next one comes, and loads a key once', async () => {
    const shown = resource<number>();
    const load = vi.fn(async () => 1);
    await shown.show('a', load);
    await shown.show('a', load);
    expect(load).toHaveBeenCalledTimes(1);
    const next = shown.show('b', async () => 2);
    expect(shown.state.value.status).toBe('loading');
    expect(readyValue(shown.state.value)).toBe(1);
    await next;
    expect(readyValue(shown.state.value)).toBe(2);
  });

  it('asks again after a failure', async () => {
    const shown = resource<number>();
    const error = new ApiFailure({ code: 'x', message: 'Non.', status: 500 });
    await shown.show('a', () => Promise.reject(error));
    expect(shown.state.value).toEqual({ status: 'failed', error });
    await shown.show('a', async () => 1);
    expect(readyValue(shown.state.value)).toBe(1);
  });
});

describe('region', () => {
  it('passes over codes that it does not hold', () => {
    expect(unitsOf(region, ['01001', '99999', '01009'])).toEqual([0, 8]);
  });

  it('bounds units with a margin, and nothing by nothing', () => {
    expect(boundsOf(region, [0, 5], 0)).toEqual([0, 0, 2, 1]);
    expect(boundsOf(region, [])).toBeNull();
  });
});
