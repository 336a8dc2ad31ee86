// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import type { TerritoryFigures, VersionSummary } from '../../server/contracts/cpts-versions.ts';
import { edge, mark } from '../../web/src/map/scene.ts';
import { allCpts, cptsList, overlaps } from '../../web/src/state/cpts.ts';
import { comparedVersions, versions } from '../../web/src/state/versions.ts';
import { VersionsPart } from '../../web/src/workspaces/draw/versions/part.tsx';
import { versionFact, versionsScene } from '../../web/src/workspaces/draw/versions/scene.ts';
import { page, refusal, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 1);
const [a, b, c] = region.code as [string, string, string];

const figures = (more: Partial<TerritoryFigures>): TerritoryFigures => ({
  communes: 2,
  population: 3000,
  areaKm2: 20,
  pieces: 1,
  compactness: 0.5,
  li: 0.4,
  msi: null,
  dataset: { id: 1, name: 'Flux modélisés', kind: 'modelled' },
  ...more,
});
const version = (number: number, more: Partial<VersionSummary> = {}): VersionSummary => ({
  number,
  author: 'local',
  at: '2026-11-22T10:00:00Z',
  label: '',
  note: '',
  restores: null,
  state: 'in_force',
  since: '2026-11-22',
  until: null,
  basedOn: null,
  agreedBy: null,
  acceptedBy: null,
  reason: '',
  agreement: null,
  figures: figures({}),
  ...more,
});
const old = version(1, { label: '<b>Départ</b>' });
const young = version(2, { figures: figures({ population: 5000, li: 0.35, pieces: 2 }) });
const told = {
  before: old,
  after: young,
  added: [{ code: c, name: 'Saint-Hilaire', population: 3000 }],
  removed: [{ code: a, name: 'Olivet', population: 1000 }],
};
const cpts = { id: 7, name: 'Essai', status: 'idea', version: 2, units: [b, c] } as Cpts;

afterEach(() => {
  versions.clear();
  comparedVersions.clear();
  vi.unstubAllGlobals();
});

const settled = () => act(() => new Promise((resolve) => setTimeout(resolve, 10)));
const text = (host: Element) => host.textContent?.replace(/[\s\u202f]+/g, ' ') ?? '';

async function shown(answers: Parameters<typeof serve>[0]) {
  const calls = serve({
    'GET /api/cpts/7/versions/1/comparison': () => told,
    'GET /api/cpts/7/versions/2': () => ({ ...young, units: [b, c] }),
    'GET /api/cpts/7/versions': () => page([young, old]),
    'GET /api/cpts': () => page([]),
    'GET /api/overlaps': () => page([]),
    ...answers,
  });
  const host = document.createElement('div');
  document.body.append(host);
  await act(() => render(<VersionsPart region={region} cpts={cpts} />, host));
  const details = host.querySelector('details')!;
  details.open = true;
  await act(() => {
    details.dispatchEvent(new Event('toggle'));
  });
  await settled();
  const click = async (label: string) => {
    const button = [...host.querySelectorAll('button')].find(
      (one) => one.textContent === label || one.getAttribute('aria-label') === label,
    );
    await act(() => button?.click());
    await settled();
  };
  return { host, click, calls };
}

it('two versions show on the map what stays, comes and goes, each by a sign', () => {
  const compared = { cpts: 7, told, before: [a, b], after: [b, c] };
  const scene = versionsScene(region, compared);
  expect([...scene.marks]).toEqual([mark.poleless, 0, mark.changed]);
  expect(scene.fills[0]).toBeNull();
  expect(scene.fills[1]).not.toBe(scene.fills[2]);
  // a | b: inside of the one before, around the one after; b | c the other way.
  expect([...scene.edges]).toEqual([edge.selected, edge.draft]);
  expect(region.code.map((code) => versionFact(code, compared))).toEqual([
    'retirée',
    'gardée',
    'ajoutée',
  ]);
});

it('versions are listed, compared from the one before to the present one, their text as text', async () => {
  const { host, click } = await shown({});
  expect(text(host)).toContain('Version 1 : <b>Départ</b>');
  await click('Comparer deux versions');
  const row = (label: string) =>
    [...host.querySelectorAll('tbody tr')]
      .map((tr) => [...tr.children].map((cell) => text(cell)))
      .find(([name]) => name === label)
      ?.slice(1);
  expect(row('Habitants')).toEqual(['3 000', '5 000', '+2 000']);
  expect(row('Morceaux')).toEqual(['1', '2', '+1']);
  expect(row('Surface')?.at(-1)).toBe('=');
  expect(row('LI')).toEqual(['40,0 %', '35,0 %', '−5,0 pt']);
  expect(row('MSI')).toEqual(['—', '—', '—']);
  expect(text(host)).toContain('1 commune ajoutéeSaint-Hilaire');
  expect(comparedVersions.state.value).toMatchObject({ value: { before: [a, b] } });
  await click('Quitter la comparaison');
  expect(comparedVersions.state.value.status).toBe('idle');
  render(null, host);
});

it('taking a version back sends the present one, and puts what comes back in the list', async () => {
  cptsList.put('all', [cpts]);
  overlaps.put('all', []);
  const sent: unknown[] = [];
  const { host, click } = await shown({
    'POST /api/cpts/7/versions/1/restore': (_path, init) => {
      sent.push(JSON.parse(String(init.body)));
      return { ...cpts, version: 3, units: [a, b] };
    },
    'GET /api/cpts': () => refusal(500, 'Lecture impossible.'),
  });
  await click('Reprendre la version 1');
  expect(sent).toEqual([{ basedOn: 2 }]);
  expect(allCpts.value).toMatchObject([{ version: 3, units: [a, b] }]);
  render(null, host);
});
