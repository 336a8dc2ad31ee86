// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CutPreview, CutWanted } from '../../server/contracts/divisions.ts';
import type { Poles } from '../../server/contracts/poles.ts';
import type { UnitGraph } from '../../server/contracts/units.ts';
import { apportion } from '../../server/core/flows/apportion.ts';
import { flowMatrix } from '../../server/core/flows/matrix.ts';
import { findCommunes } from '../../web/src/shell/find-communes.ts';
import { boot } from '../../web/src/state/boot.ts';
import { addUnits, clearDraft, draftUnits, undo } from '../../web/src/state/draft.ts';
import { isPhone } from '../../web/src/state/panels.ts';
import { epciName } from '../../web/src/state/place-names.ts';
import { makePoleMap } from '../../web/src/state/pole-map.ts';
import {
  makeRegion,
  nameOf,
  pointOf,
  type Region,
  unitOf,
  unitsOf,
} from '../../web/src/state/region.ts';
import {
  destinationsOf,
  dominatorPlace,
  makeRegionFlows,
  originsOf,
  placeName,
} from '../../web/src/state/region-flows.ts';
import { originArrows } from '../../web/src/workspaces/analyse/flow-arrows.ts';
import { poleScene } from '../../web/src/workspaces/analyse/scene.ts';
import { CutPanel } from '../../web/src/workspaces/draw/cut/panel.tsx';
import { addPoint, cutting, startCut, stopCut } from '../../web/src/workspaces/draw/cut/store.ts';
import { UnitParts } from '../../web/src/workspaces/draw/cut/unit-parts.tsx';
import { parsePastedList } from '../../web/src/workspaces/draw/paste.ts';
import { page, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

/** Four places in a row; Orléans, the second, is in two parts of 30 and 10 inhabitants. */
const graph: UnitGraph = {
  vintage: 'essai.1',
  bbox: [0, 0, 4, 1],
  units: {
    code: ['01001', '01002-A', '01002-B', '01003', '01004'],
    name: ['Olivet', 'Orléans – Rive droite', 'Orléans sud', 'Ay', 'Saint-Hilaire'],
    population: [20, 30, 10, 20, 20],
    areaKm2: [1, 1, 1, 1, 1],
    department: ['01', '01', '01', '01', '01'],
    epci: [null, null, null, null, null],
    lon: [0, 1, 1.5, 2, 3],
    lat: [0, 0, 0, 0, 0],
  },
  borders: { id: [1, 2, 3, 4], a: [0, 1, 2, 3], b: [1, 2, 3, 4], lengthM: [9, 9, 9, 9] },
  divisions: [
    {
      code: '01002',
      name: 'Orléans',
      population: 40,
      lon: 1.2,
      lat: 0.1,
      units: ['01002-A', '01002-B'],
      source: 'Secteurs découpés dans Maillage',
      byArea: true,
      remarks: [],
    },
  ],
};
const { health } = gridRegion(1, 1);
const region: Region = makeRegion(health, graph);

describe('a divided commune on the page', () => {
  it('stands for its parts wherever its code is named', () => {
    expect(unitsOf(region, ['01002', '01003'])).toEqual([1, 2, 3]);
    expect(unitOf(region, '01002')).toBe(1);
    expect(nameOf(region, '01002')).toBe('Orléans');
    expect(nameOf(region, '01002-B')).toBe('Orléans sud');
    expect(pointOf(region, '01002')).toEqual([1.2, 0.1]);
    expect(nameOf(region, '75056')).toBeNull();
    // Olivet has more people than the part, fewer than the commune.
    const epci = ['9', '9', '9', null, null];
    const population = [35, 30, 10, 20, 20];
    expect(epciName({ ...region, epci, population }, 0)).toBe(
      'Intercommunalité comprenant Orléans',
    );
  });

  it('is found by its own name and by those of its parts', () => {
    expect(findCommunes(region, 'orléans')).toEqual([1, 2]);
    expect(findCommunes(region, 'rive')).toEqual([1]);
    expect(findCommunes(region, '01002-b')).toEqual([2]);
  });

  it('is pasted whole, or one part of it', () => {
    const parse = (text: string) => parsePastedList(region, text);
    expect(parse('Orléans\n01003')).toMatchObject({
      units: [1, 2, 3],
      unmatched: [],
      ambiguous: [],
    });
    expect(parse('01002;Orléans').units).toEqual([1, 2]);
    expect(parse('01002-B').units).toEqual([2]);
    expect(parse('Orléans sud').units).toEqual([2]);
    expect(parse('1002')).toMatchObject({ units: [1, 2], repaired: ['1002'] });
    expect(parse('45500 Orléans')).toMatchObject({ units: [1, 2], byName: [{ unit: 1 }] });
  });

  const answer = {
    parameters: { dataset: 1, run: 1, specialty: 'all', weights: {}, masked: 5 },
    poles: [
      {
        code: '01002',
        name: 'Orléans',
        communes: 3,
        population: 80,
        patients: 60,
        li: 1,
        msi: 1,
        net: null,
        rank: 'dominant',
      },
    ],
    communes: ['01001', '01002', '01003'].map((code) => ({
      code,
      pole: '01002',
      patients: 40,
      rate: 0.5,
      second: null,
      gap: null,
      entropy: 0,
      agreement: null,
      fragile: false,
    })),
  } as unknown as Poles;

  it('gives its parts its pole, and its patients by population', () => {
    const map = makePoleMap(region, answer);
    expect([...map.group]).toEqual([0, 0, 0, 0, -1]);
    expect(map.communes.map((one) => one?.patients ?? null)).toEqual([40, 30, 10, 40, null]);
    const [label] = poleScene(region, map, null, 1).labels;
    expect(label).toMatchObject({ code: '01002', name: 'Orléans', lon: 1.2, lat: 0.1 });
  });

  it('shows flows by commune, whatever they are shared out to', () => {
    const flows = apportion(
      {
        origin: ['01001', '01001', '01002', '01002', '01003'],
        destination: ['01002', '01001', '01002', '01003', '01002'],
        patients: [8, 2, 30, 10, 4],
      },
      [
        {
          commune: '01002',
          leaves: [
            { code: '01002-A', share: 0.75 },
            { code: '01002-B', share: 0.25 },
          ],
        },
      ],
    );
    const codes = region.code;
    const at = (code: string) => codes.indexOf(code);
    const matrix = flowMatrix(5, flows.origin.map(at), flows.destination.map(at), flows.patients);
    const placed = { ...matrix, codes, masked: new Float64Array(matrix.patients.length) };
    const shown = makeRegionFlows(region, 'k', placed, 5);
    const ends = (of: ReturnType<typeof destinationsOf>) =>
      of.ends.map((end) => [placeName(region, shown, end.at), end.patients, end.share]);
    expect(ends(destinationsOf(shown, 0))).toEqual([
      ['Orléans', 8, 0.8],
      ['Olivet', 2, 0.2],
    ]);
    expect(ends(destinationsOf(shown, 2))).toEqual([
      ['Orléans', 7.5, 0.75],
      ['Ay', 2.5, 0.25],
    ]);
    expect(ends(originsOf(shown, [1, 2]))).toEqual([
      ['Orléans', 30, 30 / 42],
      ['Olivet', 8, 8 / 42],
      ['Ay', 4, 4 / 42],
    ]);
    // Ay goes to Orléans, which more patients go to; Orléans goes nowhere larger.
    expect(placeName(region, shown, dominatorPlace(region, shown, 3)!)).toBe('Orléans');
    expect(dominatorPlace(region, shown, 2)).toBeNull();
    expect(originArrows(region, shown, 1).arrows.map(({ to }) => to)).toEqual([
      [1.2, 0.1],
      [1.2, 0.1],
    ]);
  });
});

describe('a cut', () => {
  const host = document.createElement('div');
  const whole = gridRegion(2, 1);
  const preview: CutPreview = {
    unit: '01002',
    name: 'Orléans',
    population: 40,
    line: [
      [0, 0],
      [1, 1],
    ],
    sectors: ['Orléans nord', 'Orléans sud'].map((name, side) => ({
      name,
      areaKm2: 1,
      population: side === 0 ? 25 : 15,
      outline: { type: 'MultiPolygon', coordinates: [] },
    })),
  };
  const after: UnitGraph = {
    ...graph,
    units: {
      code: ['01001', '01002-A', '01002-B'],
      name: ['Olivet', 'Nord', 'Sud'],
      population: [1, 2, 3],
      areaKm2: [1, 1, 1],
      department: ['01', '01', '01'],
      epci: [null, null, null],
      lon: [0, 1, 1],
      lat: [0, 0, 1],
    },
    borders: { id: [], a: [], b: [], lengthM: [] },
  };
  const text = () => host.textContent!.replace(/\s/g, ' ');
  const field = (label: string, nth = 0) =>
    [...host.querySelectorAll('label')]
      .filter((one) => one.querySelector('span')?.textContent === label)
      [nth]!.querySelector<HTMLInputElement>('input, select')!;
  const button = (label: string) =>
    [...host.querySelectorAll('button')].find((one) => one.textContent === label)!;
  const type = (input: HTMLInputElement, value: string) =>
    act(() => {
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
  const soon = () => act(async () => void (await vi.advanceTimersByTimeAsync(500)));

  beforeEach(async () => {
    vi.useFakeTimers();
    boot.value = { phase: 'ready', region: whole };
    clearDraft();
    await act(() => render(<CutPanel region={whole} />, host));
    await act(() => startCut('01002'));
    await act(() => render(<CutPanel region={whole} />, host));
  });
  afterEach(() => {
    stopCut();
    render(null, host);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is previewed as points come, named, and its people add up whatever is typed', async () => {
    const asked: unknown[] = [];
    let made: CutWanted | null = null;
    const calls = serve({
      'POST /api/cuts/preview': (_path, init) => {
        asked.push(JSON.parse(String(init.body)).line);
        return preview;
      },
      'POST /api/cuts': (_path, init) => {
        made = JSON.parse(String(init.body));
        return {
          communes: ['01002'],
          replaced: ['01002'],
          units: ['01002-A', '01002-B'],
          vintage: 'essai.1',
          remarks: [],
        };
      },
      'GET /api/unit-graph': () => after,
      'GET /api/cpts': () => page([]),
      'GET /api/overlaps': () => page([]),
    });
    addUnits([0]);
    addUnits([1]);
    await act(() => addPoint([0, 0]));
    await soon();
    expect(calls).toEqual([]);
    await act(() => {
      addPoint([1, 1]);
      addPoint([1, 1]);
    });
    await soon();
    expect(asked).toEqual([
      {
        points: [
          [0, 0],
          [1, 1],
        ],
      },
    ]);
    expect(field('Nom').value).toBe('Orléans nord');
    expect(field('Habitants', 1).value).toBe('15');
    await type(field('Nom'), 'Rive droite');
    await type(field('Habitants'), '10');
    expect(field('Habitants', 1).value).toBe('30');
    // Another point asks again, and leaves what was typed.
    await act(() => addPoint([2, 2]));
    await soon();
    expect(asked).toHaveLength(2);
    expect(field('Nom').value).toBe('Rive droite');
    await act(() => button('Découper').click());
    await soon();
    expect(made!.sectors).toEqual([
      { name: 'Rive droite', population: 10 },
      { name: 'Orléans sud', population: 30 },
    ]);
    expect(cutting.value).toBeNull();
    // What was drawn is the same ground, and is undone as before.
    expect([...draftUnits.value]).toEqual([0, 1, 2]);
    undo();
    expect([...draftUnits.value]).toEqual([0]);
  });

  it('leaves a phone its map while the line is put on it', async () => {
    serve({ 'POST /api/cuts/preview': () => preview });
    isPhone.value = true;
    await act(() => startCut('01002'));
    expect(text()).not.toContain('Le long de');
    expect(button('Continuer').disabled).toBe(true);
    await act(() => addPoint([0, 0]));
    await act(() => addPoint([1, 1]));
    await soon();
    await act(() => button('Continuer').click());
    expect(field('Nom').value).toBe('Orléans nord');
    await act(() => button('Reprendre sur la carte').click());
    await act(() => button('Retirer le point').click());
    expect(cutting.value?.points).toEqual([[0, 0]]);
    isPhone.value = false;
  });

  it('is made without a map, along a course', async () => {
    let line: unknown = null;
    serve({
      'POST /api/cuts/preview': (_path, init) => {
        line = JSON.parse(String(init.body)).line;
        return preview;
      },
    });
    await act(() => {
      const [, straight] = host.querySelectorAll<HTMLInputElement>('input[type=radio]');
      straight!.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await soon();
    expect(line).toEqual({ course: 'north-south', at: 0.5 });
    await type(field('Position'), '30');
    await soon();
    expect(line).toEqual({ course: 'north-south', at: 0.3 });
    expect(text()).toContain('répartis selon la surface');
  });

  it('says what a part is of, and what the server refuses', async () => {
    serve({
      'DELETE /api/divisions/01002': () => {
        throw new TypeError('offline');
      },
    });
    await act(() => render(<UnitParts region={region} unit={1} />, host));
    expect(text()).toContain('Orléans est en 2 parties');
    await act(() => button('Rendre Orléans entière').click());
    await soon();
    expect(host.querySelector('[role=alert]')?.textContent).toMatch(/ne répond pas/);
  });
});
