// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clearDraft, draftUnits, redo, undo } from '../../web/src/state/draft.ts';
import { AddFromElsewhere, Preview } from '../../web/src/workspaces/draw/files/draft-files.tsx';
import { ExportMenu } from '../../web/src/workspaces/draw/files/export-menu.tsx';
import { forgetFile, readFile, reading } from '../../web/src/workspaces/draw/files/file-reading.ts';
import { askShares } from '../../web/src/workspaces/draw/files/freehand.tsx';
import {
  candidate,
  leavePreview,
  previewed,
  previewUnits,
} from '../../web/src/workspaces/draw/files/preview.ts';
import { refusal, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 3);
/** Long enough for effects, which wait for a frame. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 40));
const text = () => (document.body.textContent ?? '').replace(/\s/g, ' ');
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((each) =>
    each.textContent?.replace(/\s/g, ' ').startsWith(name),
  )!;
const click = async (name: string) => {
  button(name).click();
  await settled();
};
const drawn = () => [...draftUnits.value].sort();

const nothing = { unmatched: [], ambiguous: [], byName: [], followed: [], outline: null };
const byArea = {
  ...nothing,
  name: 'Ouest',
  by: 'area',
  units: [
    { code: '01001', share: 1 },
    { code: '01002', share: 0.6 },
    { code: '01003', share: 0.2 },
  ],
};
const byList = { ...nothing, name: 'Est', by: 'list', units: [{ code: '01006', share: 1 }] };
const answer = (...territories: object[]) => ({ kind: 'geojson', territories, remarks: [] });
const file = new File(['{}'], 'plan.geojson');

beforeEach(() => {
  clearDraft();
  forgetFile();
  leavePreview();
});
afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

async function open() {
  render(
    <>
      <Preview region={region} />
      <AddFromElsewhere region={region} />
    </>,
    document.body,
  );
  await settled();
}

it('previews the one territory of a file, and takes it in one gesture', async () => {
  serve({ 'POST /api/territory-files': () => answer(byArea) });
  await open();
  await readFile(region, file);
  await settled();
  expect(draftUnits.value.size).toBe(0);
  expect([...previewed.value!]).toEqual([0, 1]);
  expect(text()).toContain('2 communes à ajouter, 3 000 hab.');
  expect(text()).toContain('au moins 50 % de la surface est dans le contour (1 autre laissée)');
  expect(document.activeElement?.textContent).toContain('Ouest');
  await click('Ajouter au dessin');
  expect(drawn()).toEqual([0, 1]);
  expect(candidate.value).toBeNull();
  undo();
  expect(drawn()).toEqual([]);
  redo();
  expect(drawn()).toEqual([0, 1]);
});

it('slides the share of area without asking again', async () => {
  const calls = serve({ 'POST /api/territory-files': () => answer(byArea) });
  await open();
  await readFile(region, file);
  await settled();
  const slider = document.querySelector<HTMLInputElement>('input[type=range]')!;
  for (const [percent, units] of [
    ['15', [0, 1, 2]],
    ['60', [0, 1]],
    ['61', [0]],
    ['100', [0]],
  ] as const) {
    slider.value = percent;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await settled();
    expect([percent, [...previewed.value!]]).toEqual([percent, units]);
  }
  expect(calls).toHaveLength(1);
});

it('replaces the drawing in one gesture, or leaves it as it was', async () => {
  await open();
  previewUnits(region, 'bassin d’Olivet', [0, 1]);
  await settled();
  expect(button('Remplacer')).toBeUndefined();
  await click('Ajouter au dessin');
  previewUnits(region, 'bassin d’Ay', [1, 2]);
  await settled();
  expect(text()).toContain('1 commune à ajouter, 3 000 hab. ; 1 y est déjà');
  await click('Abandonner');
  expect(drawn()).toEqual([0, 1]);
  expect(previewed.value).toBeNull();
  previewUnits(region, 'bassin d’Ay', [1, 2]);
  await settled();
  await click('Remplacer le dessin');
  expect(drawn()).toEqual([1, 2]);
  undo();
  expect(drawn()).toEqual([0, 1]);
});

it('lets one of several territories be chosen, or makes a CPTS of each', async () => {
  const sent: unknown[] = [];
  const calls = serve({
    'POST /api/territory-files': () => answer(byArea, byList),
    'POST /api/cpts-drafts': (_, init) => {
      sent.push(JSON.parse(String(init.body)));
      return {
        created: [
          { cpts: 1, name: 'Ouest' },
          { cpts: 2, name: 'Est' },
        ],
      };
    },
    'GET /api/': () => ({ items: [], total: 0, limit: 1000, offset: 0 }),
  });
  await open();
  await readFile(region, file);
  await settled();
  expect(previewed.value).toBeNull();
  await click('Est');
  expect([...previewed.value!]).toEqual([5]);
  expect(document.querySelector('input[type=range]')).toBeNull();
  await click('Ouest');
  expect([...previewed.value!]).toEqual([0, 1]);
  await click('Créer une CPTS de chacun (2)');
  await settled();
  expect(sent).toEqual([
    {
      cpts: [
        { name: 'Ouest', units: ['01001', '01002'] },
        { name: 'Est', units: ['01006'] },
      ],
    },
  ]);
  expect(reading.value.state).toBe('none');
  expect(calls.filter((call) => call.startsWith('POST'))).toHaveLength(2);
});

it('shows what it could not place, asks which of several, and reads the outlines instead', async () => {
  const asked: string[] = [];
  serve({
    'POST /api/territory-files': (path) => {
      asked.push(new URL(path, 'http://x').search);
      const list = {
        ...byList,
        unmatched: ['Atlantide'],
        ambiguous: [{ text: 'Saint-Hilaire', codes: ['01003', '01005'] }],
        byName: [{ text: '45160 Olivet', code: '01001' }],
        followed: [{ text: '01999', code: '01002' }],
      };
      return answer(asked.length === 1 ? list : byArea);
    },
  });
  await open();
  await readFile(region, file);
  await settled();
  for (const said of ['Atlantide', '« 45160 Olivet » → Olivet 01001', '« 01999 » → Orléans 01002'])
    expect(text()).toContain(said);
  await click('01005 Saint-Hilaire');
  expect([...previewed.value!].sort()).toEqual([4, 5]);
  // A commune that was split is several: what was chosen stays, until it is clicked again.
  await click('01003 Saint-Hilaire');
  expect([...previewed.value!].sort()).toEqual([2, 4, 5]);
  await click('✓ 01005 Saint-Hilaire');
  expect([...previewed.value!].sort()).toEqual([2, 5]);
  await click('Lire plutôt les contours');
  await settled();
  expect([...previewed.value!]).toEqual([0, 1]);
  expect(asked).toEqual(['?name=plan.geojson&by=auto', '?name=plan.geojson&by=area']);
});

it('says why a file is refused, and takes another', async () => {
  serve({ 'POST /api/territory-files': () => refusal(422, 'Le zip n’a pas de .dbf.') });
  await open();
  await readFile(region, file);
  await settled();
  expect(document.querySelector('[role=alert]')?.textContent).toContain('Le zip n’a pas de .dbf.');
  expect(document.querySelector('input[type=file]')).not.toBeNull();
});

it('previews what an outline drawn by hand covers', async () => {
  const sent: unknown[] = [];
  serve({
    'POST /api/outline-shares': (_, init) => {
      sent.push(JSON.parse(String(init.body)));
      return { units: byArea.units, outline: null, repaired: false };
    },
  });
  await open();
  const ring: [number, number][] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ];
  await askShares(region, ring, 'contour à main levée');
  await settled();
  expect(sent).toEqual([{ outline: { type: 'Polygon', coordinates: [ring] } }]);
  expect(text()).toContain('Aperçu : contour à main levée');
  expect([...previewed.value!]).toEqual([0, 1]);
});

it('saves a file under the name that the server gives, and says what fails', async () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
  const load = vi
    .fn()
    .mockResolvedValueOnce({ name: 'cpts-du-giennois.zip', content: new Blob(['x']) })
    .mockRejectedValueOnce(new Error('x'));
  vi.spyOn(console, 'error').mockImplementation(() => {});
  render(<ExportMenu summary="Exporter" load={load} />, document.body);
  await click('Shapefile');
  expect(saved).toEqual(['cpts-du-giennois.zip']);
  await click('CSV');
  expect(load.mock.calls).toEqual([['shapefile'], ['csv']]);
  expect(document.querySelector('[role=alert]')).not.toBeNull();
  vi.restoreAllMocks();
});
