// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { workspace } from '../../web/src/state/address.ts';
import { boot } from '../../web/src/state/boot.ts';
import {
  addUnits,
  clearDraft,
  draftName,
  draftUnits,
  editing,
  undo,
} from '../../web/src/state/draft.ts';
import { CptsCard } from '../../web/src/workspaces/control/cpts-card.tsx';
import { page, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(2, 2);
const host = document.createElement('div');
afterEach(() => {
  render(null, host);
  vi.unstubAllGlobals();
  clearDraft();
});

const cptsOf = (units: string[], more: Partial<Cpts> = {}) =>
  ({
    id: 1,
    name: 'Essai',
    status: 'idea',
    units,
    population: 1,
    areaKm2: 1,
    since: '2026-01-01',
    departments: [],
    proposed: null,
    ...more,
  }) as unknown as Cpts;

async function show(cpts: Cpts) {
  serve({
    'GET /api/cpts/1/links': () => ({ items: [] }),
    'GET /api/cpts/1/comments': () => ({ ...page([]), open: 0 }),
  });
  await act(() => render(<CptsCard region={region} cpts={cpts} />, host));
}

it.each([
  [['01001', '01002'], '✓ oui'],
  [['01001', '01004'], '⚠ non : 2 morceaux'],
  [['01001', '75056'], 'en partie hors de la région affichée'],
  [['75056'], 'hors de la région affichée'],
])('a CPTS of %j is in one piece: %s', async (units, said) => {
  await show(cptsOf(units));
  const term = [...host.querySelectorAll('dt')].find((dt) => dt.textContent === 'D’un seul tenant');
  expect(term?.nextElementSibling?.textContent?.replace(/\s/g, ' ')).toBe(said);
});

const start = () =>
  [...host.querySelectorAll('button')].find((b) => b.textContent === 'Partir de son territoire');

it('a recognised CPTS lends its territory to a new drawing, the one before behind « Annuler »', async () => {
  boot.value = { phase: 'ready', region };
  addUnits([3]);
  await show(cptsOf(['01001', '01002'], { recognised: true }));
  await act(() => start()!.click());
  expect(workspace.value).toBe('draw');
  // A CPTS of its own, not the next version of that one.
  expect(editing.value).toBeNull();
  expect(draftName.value).toBe('Essai (variante)');
  expect([...draftUnits.value].sort()).toEqual([0, 1]);
  undo();
  expect([...draftUnits.value]).toEqual([3]);
});

it('one not recognised yet is edited, and lends nothing', async () => {
  await show(cptsOf(['01001']));
  expect(start()).toBeUndefined();
});
