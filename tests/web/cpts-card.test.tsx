// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import { CptsCard } from '../../web/src/workspaces/control/cpts-card.tsx';
import { page, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

afterEach(() => vi.unstubAllGlobals());

it.each([
  [['01001', '01002'], '✓ oui'],
  [['01001', '01004'], '⚠ non : 2 morceaux'],
  [['01001', '75056'], 'en partie hors de la région affichée'],
  [['75056'], 'hors de la région affichée'],
])('a CPTS of %j is in one piece: %s', async (units, said) => {
  serve({
    'GET /api/cpts/1/links': () => ({ items: [] }),
    'GET /api/cpts/1/comments': () => ({ ...page([]), open: 0 }),
  });
  const host = document.createElement('div');
  const cpts = {
    id: 1,
    name: 'Essai',
    status: 'idea',
    units,
    population: 1,
    areaKm2: 1,
    since: '2026-01-01',
    departments: [],
    proposed: null,
  } as unknown as Cpts;
  await act(() => render(<CptsCard region={gridRegion(2, 2)} cpts={cpts} />, host));
  const term = [...host.querySelectorAll('dt')].find((dt) => dt.textContent === 'D’un seul tenant');
  expect(term?.nextElementSibling?.textContent?.replace(/\s/g, ' ')).toBe(said);
  render(null, host);
});
