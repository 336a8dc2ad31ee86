import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { components, groupPieces } from '../../../../server/core/graph/components.ts';
import type { Plan, ProposalInput } from '../../../../server/core/proposal/plan.ts';
import { propose } from '../../../../server/core/proposal/propose.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { sharedData } from '../../../support/shared-data.ts';
import { anyFlows, anyGraph, chessboard, dense, graph, matrixOf } from '../arbitraries.ts';

/** What must hold of any plan, measured anew from the labels alone. */
function expectSound(input: ProposalInput, plan: Plan): void {
  const { adjacency, floor, ceiling } = input;
  const population = Array.from(input.population);
  const label = [...plan.label];
  expect(label).toHaveLength(adjacency.n);
  const firsts = [...new Set(label)];
  expect(firsts).toEqual(firsts.map((_, t) => t));
  expect(plan.count).toBe(firsts.length);
  expect([...groupPieces(adjacency, plan.label)]).toEqual(firsts.map(() => 1));

  const { of, count } = components(adjacency);
  const whole = new Array<number>(count).fill(0);
  population.forEach((people, u) => {
    whole[of[u]!]! += people;
  });
  const reachable = population.reduce(
    (sum, people, u) => sum + (people <= ceiling && whole[of[u]!]! >= floor ? people : 0),
    0,
  );
  let inBandPopulation = 0;
  plan.territories.forEach(({ population: people, inBand, reason }, t) => {
    const units = label.flatMap((of, u) => (of === t ? [u] : []));
    expect(people).toBe(units.reduce((sum, u) => sum + population[u]!, 0));
    expect(inBand).toBe(people >= floor && people <= ceiling);
    if (inBand) inBandPopulation += people;
    const alone = units.length === 1 && people > ceiling;
    const island = whole[of[units[0]!]!]! < floor;
    expect(reason === 'commune_above_ceiling').toBe(alone);
    expect(reason === 'island').toBe(island);
    if (people > ceiling) expect(alone).toBe(true);
    if (island) expect(units).toHaveLength([...of].filter((c) => c === of[units[0]!]).length);
    if (reason === 'surrounded') {
      for (const u of units) {
        for (let e = adjacency.offsets[u]!; e < adjacency.offsets[u + 1]!; e++) {
          const v = adjacency.neighbours[e]!;
          if (label[v] !== t) expect(population[v]).toBeGreaterThan(ceiling);
        }
      }
    }
  });
  const { indicators } = plan;
  expect(indicators.territories).toBe(plan.count);
  expect(indicators.inBand).toBe(plan.territories.filter(({ inBand }) => inBand).length);
  expect(indicators.reachablePopulation).toBe(reachable);
  expect(indicators.inBandPopulation).toBe(inBandPopulation);
  expect(indicators.inBandShare).toBe(reachable > 0 ? inBandPopulation / reachable : 1);
  expect(indicators.pieces).toBe(0);
}

test('any plan is sound, whatever the map: islands, giants, empty units, no flow', () => {
  const drawn = anyGraph(12).chain(({ n, pairs }) =>
    fc.record({
      adjacency: fc.constant(graph(n, pairs)),
      population: fc.array(
        fc.oneof(fc.nat(40), fc.constant(0), fc.integer({ min: 90, max: 140 })),
        {
          minLength: n,
          maxLength: n,
        },
      ),
      flow: anyFlows(n).map((flows) => matrixOf(n, flows)),
      seed: fc.nat(1000),
    }),
  );
  fc.assert(
    fc.property(drawn, (map) => {
      const input = { ...map, floor: 30, ceiling: 100 };
      const plan = propose(input);
      expectSound(input, plan);
      const table = dense(map.flow);
      const all = table.flat().reduce((sum, p) => sum + p, 0);
      let inside = 0;
      table.forEach((row, i) => {
        row.forEach((p, j) => {
          if (plan.label[i] === plan.label[j]) inside += p;
        });
      });
      expect(plan.indicators.inside).toBe(all > 0 ? inside / all : 0);
    }),
    { numRuns: 60 },
  );
});

test('puts in the band all that any plan could, on nearly every small chessboard', () => {
  const adjacency = chessboard(3, 3);
  const plans: Int32Array[] = [];
  const extend = (label: number[], used: number) => {
    if (label.length === 9) {
      const plan = Int32Array.from(label);
      if (groupPieces(adjacency, plan).every((pieces) => pieces === 1)) plans.push(plan);
      return;
    }
    for (let t = 0; t <= used; t++) extend([...label, t], Math.max(used, t + 1));
  };
  extend([], 0);
  expect(plans).toHaveLength(1434);

  const random = seededRandom(11);
  let reached = 0;
  for (let board = 0; board < 40; board++) {
    const population = Array.from({ length: 9 }, () => Math.floor(Math.exp(random() * 4.7)));
    const flow = matrixOf(
      9,
      population.map((people, u) => [u, Math.floor(random() * 9), people]),
    );
    const input = { population, adjacency, flow, floor: 30, ceiling: 100, seed: 1 };
    let best = 0;
    for (const plan of plans) {
      const total = new Float64Array(9);
      for (let u = 0; u < 9; u++) total[plan[u]!]! += population[u]!;
      best = Math.max(
        best,
        total.reduce((sum, people) => sum + (people >= 30 && people <= 100 ? people : 0), 0),
      );
    }
    const { inBandPopulation } = propose(input).indicators;
    expect(inBandPopulation).toBeLessThanOrEqual(best);
    if (inBandPopulation === best) reached++;
  }
  expect(reached).toBeGreaterThanOrEqual(38);
});

test('says why a territory is outside the band', () => {
  //  0 ── 1 ══ 2 ── 3     4      1 and 2 are above the ceiling; 4 and 5 ── 6 are islands
  const adjacency = graph(7, [
    [0, 1],
    [1, 2],
    [2, 3],
    [5, 6],
  ]);
  const population = [10, 150, 120, 50, 5, 40, 70];
  const input = { population, adjacency, flow: matrixOf(7, []), floor: 30, ceiling: 100, seed: 1 };
  const plan = propose(input);
  expectSound(input, plan);
  expect(plan.territories.map(({ reason }) => reason)).toEqual([
    'surrounded',
    'commune_above_ceiling',
    'commune_above_ceiling',
    null,
    'island',
    null,
    null,
  ]);
  expect(plan.territories.map(({ li }) => li)).toEqual(new Array(7).fill(null));
  expect(plan.indicators).toEqual({
    territories: 7,
    inBand: 3,
    reachablePopulation: 170,
    inBandPopulation: 160,
    inBandShare: 160 / 170,
    inside: 0,
    pieces: 0,
  });
});

test('without flows, shared borders decide', () => {
  //  0 ─ 1 ═ 2 ─ 3    the long border is in the middle
  const adjacency = graph(
    4,
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
    [100, 900, 100],
  );
  const flow = matrixOf(4, []);
  const plan = propose({
    population: [35, 20, 20, 35],
    adjacency,
    flow,
    floor: 30,
    ceiling: 50,
    seed: 1,
  });
  expect([...plan.label]).toEqual([0, 1, 1, 2]);
});

test('no unit at all is no territory; wrong input is refused', () => {
  const empty = { population: [], adjacency: graph(0, []), flow: matrixOf(0, []) };
  expect(propose({ ...empty, floor: 1, ceiling: 2, seed: 1 }).count).toBe(0);
  expect(() => propose({ ...empty, floor: 2, ceiling: 1, seed: 1 })).toThrow('got 2 and 1');
  expect(() => propose({ ...empty, population: [1], floor: 1, ceiling: 2, seed: 1 })).toThrow(
    'expected populations and flows of 0 units, got 1 and 0',
  );
});

test('the same seed gives the same plan; progress grows to 1', () => {
  const random = seededRandom(3);
  const population = Array.from({ length: 225 }, () => Math.floor(1 + random() * 30));
  const flow = matrixOf(
    225,
    Array.from({ length: 900 }, (_, k) => [k % 225, Math.floor(random() * 225), 1 + (k % 7)]),
  );
  const told: number[] = [];
  const onProgress = (share: number) => told.push(share);
  const input = { population, adjacency: chessboard(15, 15), flow, floor: 150, ceiling: 500 };
  const plan = propose({ ...input, seed: 5, onProgress });
  expectSound({ ...input, seed: 5 }, plan);
  expect(plan.indicators.inBandShare).toBe(1);
  expect(propose({ ...input, seed: 5 })).toEqual(plan);
  expect(told).toEqual([...told].sort((p, q) => p - q));
  expect(told.at(-1)).toBe(1);
});

const directory = sharedData();
const instance = directory && join(directory, '../bench/centre-val-de-loire.json');
describe.skipIf(!instance || !existsSync(instance))('Centre-Val de Loire', () => {
  test('1,757 communes: all that can be is in the band, as much inside as the peers keep', () => {
    const { nodes, edges, flows } = JSON.parse(readFileSync(instance!, 'utf8')) as {
      nodes: { population: number }[];
      edges: [number, number, number][];
      flows: [number, number, number][];
    };
    const adjacency = graph(
      nodes.length,
      edges.map(([u, v]) => [u, v]),
      edges.map(([, , km]) => km * 1000),
    );
    const input: ProposalInput = {
      population: nodes.map(({ population }) => population),
      adjacency,
      flow: matrixOf(nodes.length, flows),
      floor: 30_000,
      ceiling: 100_000,
      seed: 1,
    };
    const plan = propose(input);
    expectSound(input, plan);
    expect(plan.indicators.inBandShare).toBe(1);
    expect(plan.indicators.inside).toBeGreaterThan(0.66);
    const above = plan.territories.filter(({ inBand }) => !inBand);
    expect(above.map(({ reason }) => reason)).toEqual([
      'commune_above_ceiling',
      'commune_above_ceiling',
    ]);
  });
});
