// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CptsListReport } from '../../../server/contracts/cpts-lists.ts';
import { cptsList } from '../../../web/src/state/cpts.ts';
import { ImportList } from '../../../web/src/workspaces/control/list/import-list.tsx';
import { forgetList, readList } from '../../../web/src/workspaces/control/list/list-reading.ts';
import { page, refusal, serve } from '../serve.ts';
import { gridRegion } from '../small-region.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 40));
const text = () => (document.body.textContent ?? '').replace(/\s/g, ' ');
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((each) =>
    each.textContent?.replace(/\s/g, ' ').startsWith(name),
  )!;
const choose = async (label: string, value: string) => {
  const field = [...document.querySelectorAll('label')].find((each) =>
    each.textContent?.replace(/\s/g, ' ').includes(label),
  )!;
  const select = field.querySelector('select')!;
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
};

const row = { cpts: 0, why: 'homonym' as const, text: 'Saint-Hilaire' };
const report: CptsListReport = {
  file: 'ars.csv',
  rows: 6,
  cpts: [
    {
      name: 'Val',
      line: 2,
      units: ['01001'],
      status: 'aci_signed',
      on: '2021-02-01',
      existing: null,
    },
    { name: 'Bois', line: 4, units: ['01002'], status: null, on: null, existing: null },
    {
      name: 'Lac',
      line: 6,
      units: ['01004'],
      status: null,
      on: null,
      existing: { id: 7, name: 'LAC', status: 'idea' },
    },
  ],
  toDecide: [
    {
      ...row,
      line: 3,
      reason: 'Ligne 3 : plusieurs communes s’appellent ainsi.',
      candidates: [
        { code: '01003', name: 'Saint-Hilaire', department: '01' },
        { code: '45001', name: 'Saint-Hilaire', department: '45' },
      ],
    },
    { ...row, cpts: 1, line: 5, reason: 'Ligne 5 : aucune commune.', candidates: [] },
    { ...row, cpts: 2, line: 7, reason: 'Ligne 7 : aucune commune.', candidates: [] },
  ],
  outside: [{ line: 8, cpts: 1, text: 'Paris 75' }],
  conflicts: [],
  remarks: [],
};

const region = gridRegion(3, 3);
const given = { outline: null, byName: [], ambiguous: [], unmatched: [] };
const outlines = {
  kind: 'shapefile',
  remarks: ['Lu en Lambert-93.'],
  territories: [
    {
      ...given,
      name: 'Val',
      by: 'area',
      units: [
        { code: '01001', share: 1 },
        { code: '01002', share: 0.6 },
        { code: '01003', share: 0.2 },
      ],
    },
    { ...given, name: '', by: 'area', units: [{ code: '01005', share: 0.4 }] },
    {
      ...given,
      name: 'Lac',
      by: 'list',
      units: [{ code: '01006', share: 1 }],
      ambiguous: [{ text: 'Saint-Hilaire', codes: ['01007', '01008'] }],
    },
  ],
};

let sent: unknown[] = [];
let answer: () => unknown;
beforeEach(async () => {
  forgetList();
  sent = [];
  answer = () => ({ created: [{ cpts: 8, name: 'Val' }], skipped: [] });
  serve({
    'POST /api/cpts-lists/import': (_, { body }) => {
      sent.push(JSON.parse(String(body)));
      return answer();
    },
    'POST /api/cpts-lists': () => report,
    'POST /api/territory-files': () => outlines,
    'GET ': () => page([]),
  });
  render(<ImportList region={region} />, document.body);
  await readList(region, new File(['x'], 'ars.csv'));
  await settled();
});
afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

it('imports once every row was decided on, each CPTS in its step', async () => {
  expect(text()).toContain('2 lignes restent à décider');
  expect(text()).toContain('1 ligne hors de la région chargée');
  expect(text()).not.toContain('Ligne 7');
  expect(button('Importer').disabled).toBe(true);
  await choose('Ligne 3', '45001');
  expect(button('Importer').disabled).toBe(true);
  button('Laisser de côté').click();
  await settled();
  await choose('Étape des autres', 'territory_accepted');
  button('Importer 2 CPTS').click();
  await settled();
  expect(sent).toEqual([
    {
      file: 'ars.csv',
      cpts: [
        { name: 'Val', units: ['01001', '45001'], status: 'aci_signed', on: '2021-02-01' },
        { name: 'Bois', units: ['01002'], status: 'territory_accepted' },
      ],
    },
  ]);
  expect(text()).toContain('1 CPTS importée');
});

it('takes again what is there when one asks, and one step for all', async () => {
  const boxes = [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  expect(boxes.map(({ checked }) => checked)).toEqual([true, true, false, true]);
  for (const box of [boxes[0]!, boxes[1]!, boxes[2]!, boxes[3]!]) box.click();
  await settled();
  expect(text()).toContain('Ligne 7');
  await choose('Ligne 7', 'aside');
  button('Importer 1 CPTS').click();
  await settled();
  expect(sent).toMatchObject([
    { cpts: [{ name: 'Lac', units: ['01004'], status: 'idea', again: true }] },
  ]);
});

it('keeps the choices when the server refuses, and says why', async () => {
  answer = () => refusal(409, '« Val » et « Est » tiennent toutes deux une commune.');
  await choose('Ligne 3', '01003');
  await choose('Ligne 5', 'aside');
  button('Importer').click();
  await settled();
  expect(text()).toContain('« Val » et « Est » tiennent toutes deux une commune.');
  expect(document.querySelector('select')?.value).toBe('01003');
});

it('takes outlines as CPTS in one step of one day; what is there is left, what is not plain asked', async () => {
  cptsList.put('all', [{ id: 3, name: 'VAL', status: 'aci_signed', units: [] } as never]);
  await readList(region, new File(['{}'], 'cpts.ZIP'));
  await settled();
  expect(text()).toContain('3 contours');
  expect(text()).toContain('Lu en Lambert-93.');
  expect(text()).toContain('« Territoire 2 » ne tient aucune commune à 50');
  expect(text()).toContain('Val 2 communes, déjà là');
  const slider = document.querySelector<HTMLInputElement>('input[type=range]')!;
  slider.value = '40';
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
  await choose('Saint-Hilaire', '01008');
  await choose('Étape', 'project_validated');
  const day = document.querySelector<HTMLInputElement>('input[type=date]')!;
  day.value = '2021-02-01';
  day.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
  button('Importer 2 CPTS').click();
  await settled();
  const entered = { status: 'project_validated', on: '2021-02-01' };
  expect(sent).toEqual([
    {
      file: 'cpts.ZIP',
      cpts: [
        { name: 'Territoire 2', units: ['01005'], ...entered },
        { name: 'Lac', units: ['01006', '01008'], ...entered },
      ],
    },
  ]);
  cptsList.clear();
});
