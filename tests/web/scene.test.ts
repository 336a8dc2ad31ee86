import { describe, expect, it } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import {
  defaultPoleParameters,
  type PoleComparison,
  type Poles,
} from '../../server/contracts/poles.ts';
import type { Proposal } from '../../server/contracts/proposals.ts';
import { maskedFlows } from '../../server/core/poles/masked-flows.ts';
import { circleRadius, circleSteps } from '../../web/src/map/circles.ts';
import { edge, mark, markFeatures } from '../../web/src/map/scene.ts';
import { makePoleMap } from '../../web/src/state/pole-map.ts';
import { makeTerritoryMap } from '../../web/src/state/proposals.ts';
import { makeRegionFlows } from '../../web/src/state/region-flows.ts';
import { withChanges } from '../../web/src/workspaces/analyse/compare/second-map.ts';
import { destinationArrows, originArrows } from '../../web/src/workspaces/analyse/flow-arrows.ts';
import { poleScene, proposalScene } from '../../web/src/workspaces/analyse/scene.ts';
import { cptsScene } from '../../web/src/workspaces/control/scene.ts';
import { draftScene, drawingGroundScene } from '../../web/src/workspaces/draw/scene.ts';
import { gridRegion } from './small-region.ts';

/*
 *  0 1 | 2 3     two groups of a grid of four columns by two rows
 *  4 5 | 6 7
 */
const region = gridRegion(4, 2);
const west = [0, 1, 4, 5];
const codes = (units: number[]) => units.map((unit) => region.code[unit]!);
const across = region.borders.a.flatMap((a, line) => {
  const b = region.borders.b[line]!;
  return west.includes(a) !== west.includes(b) ? [line] : [];
});
/** Lines with a unit of the set on one side alone. */
const around = (set: ReadonlySet<number>) =>
  region.borders.a.flatMap((a, line) => {
    return set.has(a) !== set.has(region.borders.b[line]!) ? [line] : [];
  });
const linesWith = (edges: Uint8Array, bit: number) =>
  [...edges.keys()].filter((line) => (edges[line]! & bit) !== 0);

const care = { patients: 100, msi: 0.5, net: null, rank: 'dominant' } as const;

const answer: Poles = {
  parameters: { ...defaultPoleParameters, run: 1, dataset: 1, specialty: 'all' },
  poles: [
    { code: region.code[0]!, name: 'Ouest', communes: 4, population: 10_000, li: 0.5, ...care },
    { code: region.code[3]!, name: 'Est', communes: 4, population: 40_000, li: 0.9, ...care },
  ],
  communes: region.code.map((code, unit) => ({
    code,
    pole: region.code[west.includes(unit) ? 0 : 3]!,
    patients: 100,
    rate: 0.6,
    second: null,
    gap: 0.6,
    entropy: 0,
    agreement: 1,
    fragile: false,
  })),
};

/** residents of the larger of the two poles */
const most = 40_000;

describe('poleScene', () => {
  const map = makePoleMap(region, answer);

  it('outlines where the pole changes and nowhere else', () => {
    const scene = poleScene(region, map, null, most);
    expect(linesWith(scene.edges, edge.outline)).toEqual(across);
    expect(scene.fills[0]).toBe(scene.fills[5]);
    expect(scene.fills[1]).not.toBe(scene.fills[2]);
  });

  it('sizes circles by the residents attracted', () => {
    const [small, large] = poleScene(region, map, null, most).labels;
    expect(large!.radius).toBeGreaterThan(small!.radius);
  });

  it('has circles of the legend the size of those of the map', () => {
    const [, large] = poleScene(region, map, null, most).labels;
    expect(circleSteps(most)).toEqual([10_000, 1_000]);
    expect(circleSteps(7)).toEqual([2]);
    expect(circleRadius(most, most)).toBe(large!.radius);
    expect(circleRadius(most / 4, most)).toBe(4 + 16 / 2);
  });

  it('dims what the pole selected does not attract', () => {
    const scene = poleScene(region, map, { kind: 'pole', code: region.code[0]! }, most);
    const bright = [...scene.marks.keys()].filter((unit) => !(scene.marks[unit]! & mark.dimmed));
    expect(bright).toEqual(west);
    expect(linesWith(scene.edges, edge.selected)).toEqual(across);
  });

  it('hatches a fragile pole, dots a commune that thresholds leave without one, and no other', () => {
    const communes = answer.communes.map((commune, unit) => ({
      ...commune,
      fragile: unit === 2,
      pole: unit === 5 ? null : commune.pole,
    }));
    const scene = poleScene(region, makePoleMap(region, { ...answer, communes }), null, most);
    const marked = (bit: number) =>
      [...scene.marks.keys()].filter((unit) => scene.marks[unit]! & bit);
    expect(marked(mark.fragile)).toEqual([2]);
    expect(marked(mark.poleless)).toEqual([5]);
    expect(scene.fills[5]).toBeNull();
  });

  it('leaves a commune without any flow bare', () => {
    const partial = makePoleMap(region, { ...answer, communes: answer.communes.slice(1) });
    expect(poleScene(region, partial, null, most).fills[0]).toBeNull();
  });
});

describe('flows on the map', () => {
  // Unit 1 sends 12 patients to a place outside, 11 to unit 7 and so on, and 50 to itself.
  const codes = [...region.code, '99999'];
  const ends = [8, 7, 6, 5, 4, 3, 2, 0];
  const cells: [number, number, number][] = ends.map((to, k) => [1, to, 12 - k]);
  cells.push([1, 1, 50], [2, 0, 3]);
  const column = (at: 0 | 1 | 2) => cells.map((cell) => cell[at]);
  const masked = cells.map(() => 0);
  const flows = makeRegionFlows(
    region,
    'essai',
    { ...maskedFlows(9, column(0), column(1), column(2), masked), codes },
    5,
  );

  it('go where residents go, but neither to the commune itself nor out of the map', () => {
    const { arrows, told, outside } = destinationArrows(region, flows, 1);
    expect(arrows.map(({ patients, rank }) => [patients, rank])).toEqual(
      [11, 10, 9, 8, 7, 6, 5].map((patients, k) => [patients, k + 1]),
    );
    expect(arrows[0]).toMatchObject({ from: [1, 0], to: [3, 1] });
    expect([told, outside]).toEqual([8, 1]);
  });

  it('come to a pole from where its patients live', () => {
    expect(originArrows(region, flows, 0).arrows).toMatchObject([
      { from: [1, 0], to: [0, 0], patients: 5 },
      { from: [2, 0], to: [0, 0], patients: 3 },
    ]);
  });

  it('stop at the ten largest', () => {
    const many = Array.from({ length: 15 }, (_, unit) => unit);
    const grid = gridRegion(16, 1);
    const wide = {
      ...maskedFlows(
        16,
        many.fill(15),
        [...grid.code.keys()].slice(0, 15),
        [...grid.code.keys()].slice(1),
        new Array(15).fill(0),
      ),
      codes: grid.code,
    };
    const { arrows } = destinationArrows(grid, makeRegionFlows(grid, 'essai', wide, 5), 15);
    expect(arrows.map(({ patients }) => patients)).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
  });
});

it('marks the communes that change pole, on a scene of its own', () => {
  const scene = poleScene(region, makePoleMap(region, answer), null, most);
  const [moved, stranger] = [region.code[5]!, '99999'];
  const change = { name: '', population: 1, pole: null, otherPole: null };
  const communes = [moved, stranger].map((code) => ({ ...change, code }));
  const marked = withChanges(scene, region, { communes } as PoleComparison);
  const changed = ({ marks }: typeof scene) =>
    [...marks.keys()].filter((unit) => marks[unit]! & mark.changed);
  expect(changed(marked)).toEqual([5]);
  expect(changed(scene)).toEqual([]);
});

describe('proposalScene', () => {
  it('puts amber around a territory out of the band, and a sign in its label', () => {
    const territory = (id: number, units: number[], inBand: boolean) => ({
      id,
      name: `T${id}`,
      units: codes(units),
      population: 1000,
      li: null,
      inBand,
      reason: null,
    });
    const east = [2, 3, 6, 7];
    const run = { territories: [territory(3, west, true), territory(8, east, false)] };
    const map = makeTerritoryMap(region, run as unknown as Proposal);
    const scene = proposalScene(region, map, null);
    expect(linesWith(scene.edges, edge.outOfBand)).toEqual(across);
    expect(scene.labels.map(({ detail }) => detail.includes('⚠'))).toEqual([false, true]);
  });
});

describe('CPTS on the map', () => {
  const cpts = (id: number, recognised: boolean, status: Cpts['status'] = 'letter_of_intent') =>
    ({ id, name: `CPTS ${id}`, recognised, status, population: 1, units: [] }) as unknown as Cpts;
  const open = [cpts(1, true), cpts(2, false)];
  const members = [west, [1, 2]];

  it('hatches what two share, solid for the recognised one, dashed for the other', () => {
    const scene = cptsScene(region, open, members, null);
    const hatched = [...scene.marks.keys()].filter((unit) => scene.marks[unit]! & mark.conflict);
    expect(hatched).toEqual([1]);
    expect(linesWith(scene.edges, edge.recognised)).toEqual(across);
    expect(linesWith(scene.edges, edge.draft).length).toBeGreaterThan(0);
  });

  it('tells recognised, asked for, drafted and uncovered ground apart without colours', () => {
    const three = [cpts(1, true), cpts(2, false), cpts(3, false, 'idea')];
    const scene = cptsScene(region, three, [[0], [2], [7]], null, { uncovered: [4] });
    const [plain, deposited, draft, uncovered] = [0, 2, 7, 4].map((unit) => scene.marks[unit]);
    expect([plain, deposited, draft, uncovered]).toEqual([
      0,
      mark.deposited,
      mark.locked,
      mark.uncovered,
    ]);
    const styles = [edge.recognised, edge.draft, edge.dotted];
    for (const [at, unit] of [0, 2, 7].entries()) {
      const lines = around(new Set([unit]));
      for (const [k, bit] of styles.entries()) {
        const drawn = lines.filter((line) => scene.edges[line]! & bit);
        expect(drawn).toEqual(k === at ? lines : []);
      }
    }
  });

  it('paints a shared commune as the CPTS that it would go to', () => {
    const given = (id: number) =>
      cptsScene(region, open, members, null, { given: new Map([[1, id]]) }).fills;
    expect(given(1)[1]).toBe(given(1)[0]);
    expect(given(2)[1]).toBe(given(2)[2]);
    expect(given(1)[1]).not.toBe(given(2)[1]);
  });

  it('shows the shared communes of the overlap selected', () => {
    const scene = cptsScene(region, open, members, { kind: 'overlap', a: 1, b: 2 });
    const bright = [...scene.marks.keys()].filter((unit) => !(scene.marks[unit]! & mark.dimmed));
    expect(bright).toEqual([1]);
  });

  it('hatches what a draft takes from a CPTS', () => {
    const under = drawingGroundScene(region, open, members, new Set([7]));
    const scene = draftScene(region, under, new Set([5, 6]), null);
    const marked = (bit: number, { marks } = scene) =>
      [...marks.keys()].filter((unit) => marks[unit]! & bit);
    expect(marked(mark.conflict)).toEqual([5]);
    expect(marked(mark.locked)).toEqual([7]);
    // The next drawing starts from what is under it, not from this one.
    expect(marked(mark.conflict, under)).toEqual([]);
    expect(linesWith(under.edges, edge.selected)).toEqual([]);
    expect(linesWith(scene.edges, edge.selected)).toEqual(around(new Set([5, 6])));
  });
});

it('gives the map a place to break a name that has none, and an end to one without end', () => {
  const nameOnMap = (name: string) => {
    const at = { code: '', name, detail: '', radius: 0, colour: '', rank: 1, lon: 0, lat: 0 };
    return String(markFeatures([at]).features[0]!.properties?.name);
  };
  expect(nameOnMap('Saint-Amand-Montrond')).toBe('Saint-Amand-Montrond');
  const broken = nameOnMap('x'.repeat(120)).split('\u200b');
  expect(Math.max(...broken.map(({ length }) => length))).toBeLessThanOrEqual(22);
  expect(broken.join('')).toHaveLength(60);
});
