import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { components, groupPieces } from '../../../../server/core/graph/components.ts';
import type { ProposalInput } from '../../../../server/core/proposal/input.ts';
import type { Plan } from '../../../../server/core/proposal/plan.ts';
import { propose } from '../../../../server/core/proposal/propose.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { sharedData } from '../../../support/shared-data.ts';
import { anyFlows, anyGraph, chessboard, graph, matrixOf } from '../arbitraries.ts';
import { everyDivision, insideShare, planOf, randomMap, totals } from './grounds.ts';

const band = { floor: 30, ceiling: 100 };

/** What must hold of any plan without locks, measured anew from the labels alone. */
function expectSound(input: ProposalInput, plan: Plan): void {
  const { adjacency, floor, ceiling } = input;
  const population = Array.from(input.population);
  const label = [...plan.label];
  expect(label).toHaveLength(adjacency.n);
  const firsts = [...new Set(label)];
  expect(firsts).toEqual(firsts.map((_, t) => t));
  expect(plan.count).toBe(firsts.length);
  expect([...groupPieces(adjacency, plan.label)]).toEqual(firsts.map(() => 1));
  expect(plan.indicators.inside).toBeCloseTo(insideShare(input.flow, label), 9);

  const { of, count } = components(adjacency);
  const whole = new Array<number>(count).fill(0);
  population.forEach((people, u) => {
    whole[of[u]!]! += people;
  });
  const total = totals(label, population);
  let inBandPopulation = 0;
  plan.territories.forEach(({ population: people, inBand, reason }, t) => {
    const units = label.flatMap((name, u) => (name === t ? [u] : []));
    expect(people).toBe(total[t]);
    expect(inBand).toBe(people >= floor && people <= ceiling);
    expect(reason === null).toBe(inBand);
    if (inBand) inBandPopulation += people;
    const alone = units.length === 1 && people > ceiling;
    expect(reason === 'commune_above_ceiling').toBe(alone);
    // The ceiling is never exceeded but by a commune alone.
    if (people > ceiling) expect(alone).toBe(true);
    const island = whole[of[units[0]!]!]! < floor;
    // Where all is under the floor together, being apart is not why.
    const tooFew = whole.reduce((sum, one) => sum + one, 0) < floor;
    expect(reason === 'island').toBe(island && !tooFew);
    if (tooFew) expect(reason).toBe('no_count_fits');
    if (island) expect(units).toHaveLength([...of].filter((c) => c === of[units[0]!]).length);
    if (reason !== 'surrounded') return;
    for (const u of units) {
      for (let e = adjacency.offsets[u]!; e < adjacency.offsets[u + 1]!; e++) {
        const v = adjacency.neighbours[e]!;
        if (label[v] !== t) expect(population[v]).toBeGreaterThan(ceiling);
      }
    }
  });
  const { indicators } = plan;
  expect(indicators.territories).toBe(plan.count);
  expect(indicators.inBandPopulation).toBe(inBandPopulation);
  expect(indicators.reachablePopulation).toBeGreaterThanOrEqual(inBandPopulation);
  expect(indicators.pieces).toBe(0);
  expect(plan.hurried).toBe(false);
}

test('any plan is sound, whatever the map: islands, giants, empty units, no flow', () => {
  const people = fc.oneof(fc.nat(40), fc.constant(0), fc.integer({ min: 90, max: 140 }));
  const drawn = anyGraph(12).chain(({ n, pairs }) =>
    fc.record({
      adjacency: fc.constant(graph(n, pairs)),
      population: fc.array(people, { minLength: n, maxLength: n }),
      flow: anyFlows(n).map((flows) => matrixOf(n, flows)),
      seed: fc.nat(1000),
    }),
  );
  fc.assert(
    fc.property(drawn, (map) => {
      const input = { ...map, ...band, effort: 10_000 };
      expectSound(input, planOf(input));
    }),
    { numRuns: 60 },
  );
});

describe('tiny maps, against every division there is', () => {
  //  0 ─ 1 ─ 2
  //  │   │   │     1,434 ways to divide it into connected territories
  //  3 ─ 4 ─ 5
  //  │   │   │
  //  6 ─ 7 ─ 8
  const adjacency = chessboard(3, 3);
  const plans = everyDivision(adjacency);

  const boards = (many: number, spread: number) => {
    const random = seededRandom(11);
    return Array.from({ length: many }, () => {
      const population = Array.from({ length: 9 }, () => Math.floor(Math.exp(random() * spread)));
      const flows = population.flatMap((people, u) =>
        [0, 1, 2].map((): [number, number, number] => [
          u,
          Math.floor(random() * 9),
          people * random(),
        ]),
      );
      return { population, adjacency, flow: matrixOf(9, flows), ...band, effort: 150_000 };
    });
  };

  test('as much flow inside as the best plan of that number keeps, all in the band', () => {
    expect(plans).toHaveLength(1434);
    let compared = 0;
    for (const board of boards(30, 4)) {
      for (const territories of [2, 3, 4]) {
        let best = -1;
        for (const plan of plans) {
          const total = totals(plan, board.population);
          if (total.length !== territories) continue;
          if (total.some((people) => people < 30 || people > 100)) continue;
          best = Math.max(best, insideShare(board.flow, plan));
        }
        if (best < 0) continue;
        compared++;
        const plan = planOf({ ...board, territories, seed: 1 });
        expect(plan.count).toBe(territories);
        expect(plan.indicators.inBandShare).toBe(1);
        expect(plan.indicators.inside).toBeCloseTo(best, 9);
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  test('the best with compactness, EPCI, target and poles weighed in, and two kept apart', () => {
    const epci = [0, 0, 0, 1, 1, 0, 1, 2, 2];
    const weights = { border: 0.3, epci: 0.4, target: 0.5, poles: 0.2 };
    const poles = [0, 4, 8];
    let compared = 0;
    for (const board of boards(25, 4)) {
      const { population, flow } = board;
      const all = population.reduce((sum, p) => sum + p, 0);
      const worth = (plan: Int32Array) => {
        let border = 0;
        for (let u = 0; u < 9; u++) {
          for (let e = adjacency.offsets[u]!; e < adjacency.offsets[u + 1]!; e++) {
            if (plan[u] === plan[adjacency.neighbours[e]!]) border += 1 / 24;
          }
        }
        const piece = new Map<string, number>();
        const whole = [0, 0, 0];
        population.forEach((p, u) => {
          const name = `${epci[u]} ${plan[u]}`;
          piece.set(name, (piece.get(name) ?? 0) + p);
          whole[epci[u]!]! += p;
        });
        let kept = 0;
        for (const [name, p] of piece) {
          const e = whole[Number(name.split(' ')[0])]!;
          if (e > 0) kept += p ** 2 / e / all;
        }
        let missed = 0;
        for (const p of totals(plan, population)) missed += (p - 60) ** 2 / (60 * all);
        const shared = poles.length - new Set(poles.map((u) => plan[u])).size;
        return (
          insideShare(flow, plan) + 0.3 * border + 0.4 * kept - 0.5 * missed - (0.2 * shared) / 3
        );
      };
      const allowed = plans.filter((plan) => {
        const total = totals(plan, population);
        return total.length === 3 && plan[4] !== plan[5] && total.every((p) => p >= 30 && p <= 100);
      });
      if (allowed.length === 0) continue;
      compared++;
      const plan = planOf({
        ...board,
        territories: 3,
        seed: 1,
        epci,
        poles,
        target: 60,
        weights,
        locks: { apart: [[4, 5]] },
      });
      expect(plan.label[4]).not.toBe(plan.label[5]);
      expect(worth(plan.label)).toBeCloseTo(Math.max(...allowed.map(worth)), 9);
    }
    expect(compared).toBeGreaterThan(8);
  });

  test('all in the band whenever some division of any number puts all in it', () => {
    let possible = 0;
    for (const board of boards(40, 4.4)) {
      const can = plans.some((plan) =>
        totals(plan, board.population).every((p) => p >= 30 && p <= 100),
      );
      if (!can) continue;
      possible++;
      expect(planOf({ ...board, seed: 1 }).indicators.inBandShare).toBe(1);
    }
    expect(possible).toBeGreaterThan(10);
  });
});

test('on plane maps: a partition, connected, in the band, with locks, walls and scope kept', () => {
  fc.assert(
    fc.property(fc.nat(10_000), (seed) => {
      const { population, adjacency, flow, points } = randomMap(90, seed);
      const random = seededRandom(seed);
      const order = points.map((_, u) => u).sort((u, v) => points[u]![0] - points[v]![0]);
      const fixed = [order.slice(0, 6), order.slice(6, 9)];
      const wall = points.map(([, y]) => (y < 0.5 ? 0 : 1));
      const scope = order.slice(0, 80);
      const middle = order[40]!;
      const neighbour = adjacency.neighbours[adjacency.offsets[middle]!]!;
      const joined = wall[neighbour] === wall[middle] && scope.includes(neighbour);
      const apart: [number, number] = [order[50]!, order[51 + Math.floor(random() * 20)]!];
      const free = new Set(order.slice(9, 80));
      fc.pre(free.has(neighbour) && joined && !apart.includes(neighbour));
      const plan = planOf({
        population,
        adjacency,
        flow,
        ...band,
        seed,
        scope,
        walls: wall,
        locks: { fixed, together: [[middle, neighbour]], apart: [apart] },
        weights: { border: 0.1 },
        effort: 50_000,
      });
      for (let u = 0; u < 90; u++) expect(plan.label[u]! >= 0).toBe(scope.includes(u));
      for (const set of fixed) {
        const t = plan.label[set[0]!]!;
        expect(order.filter((u) => plan.label[u] === t).sort()).toEqual([...set].sort());
      }
      expect(plan.label[middle]).toBe(plan.label[neighbour]);
      expect(plan.label[apart[0]]).not.toBe(plan.label[apart[1]]);
      const pieces = groupPieces(adjacency, plan.label);
      plan.territories.forEach(({ reason, inBand, population: people }, t) => {
        const units = order.filter((u) => plan.label[u] === t);
        if (fixed.some((set) => set.includes(units[0]!))) return;
        expect(pieces[t]).toBe(1);
        expect(new Set(units.map((u) => wall[u])).size).toBe(1);
        expect(reason === null).toBe(inBand);
        expect(people).toBeLessThanOrEqual(100);
        expect(reason).not.toBe('not_found');
      });
    }),
    // Where a merger of two territories once joined two that a lock keeps apart.
    { numRuns: 25, examples: [[1441], [9995]] },
  );
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
  const input = { population, adjacency, flow: matrixOf(7, []), ...band, seed: 1 };
  const plan = planOf(input);
  expectSound(input, plan);
  // 5 and 6 hold 110: no number of territories fits but two.
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
  expect(plan.indicators).toMatchObject({ reachablePopulation: 160, inBandPopulation: 160 });
});

test('where no number of territories fits, the ceiling is kept and the floor gives way', () => {
  //  0 ─ 1 ─ 2    55 inhabitants, band 30 to 50: one is too few, two too many
  const adjacency = chessboard(3, 1);
  const plan = planOf({
    population: [20, 15, 20],
    adjacency,
    flow: matrixOf(3, []),
    floor: 30,
    ceiling: 50,
    seed: 1,
  });
  expect(plan.territories.map(({ reason }) => reason).filter((r) => r !== null)).toEqual([
    'no_count_fits',
  ]);
  expect(Math.max(...plan.territories.map(({ population }) => population))).toBe(35);
  expect(plan.indicators.reachablePopulation).toBe(35);
});

test('a commune inside another goes with it; zero population, one unit, no flow', () => {
  //  1 touches 0 alone; 2 and 3 are beyond
  const adjacency = graph(4, [
    [0, 1],
    [0, 2],
    [2, 3],
    [0, 3],
  ]);
  const input = { adjacency, flow: matrixOf(4, []), ...band, seed: 1 };
  const plan = planOf({ ...input, population: [40, 10, 40, 40], territories: 2 });
  expect(plan.label[1]).toBe(plan.label[0]);
  expect(plan.indicators.inBandShare).toBe(1);

  const empty = planOf({ ...input, population: [0, 0, 0, 0] });
  expect(empty.count).toBe(1);
  expect(empty.territories[0]?.reason).toBe('no_count_fits');

  const one = { adjacency: graph(1, []), flow: matrixOf(1, [[0, 0, 7]]), ...band, seed: 1 };
  expect(planOf({ ...one, population: [50] }).indicators).toMatchObject({ inside: 1, inBand: 1 });
  expect(planOf({ ...one, population: [5] }).territories[0]?.reason).toBe('no_count_fits');
  const none = { population: [], adjacency: graph(0, []), flow: matrixOf(0, []) };
  expect(planOf({ ...none, ...band, seed: 1 }).count).toBe(0);
});

test('a set far apart is joined by what connects it; whole EPCI stay whole', () => {
  //  0 ─ 1 ─ 2 ─ 3 ─ 4 ─ 5
  const input = {
    population: [20, 20, 20, 20, 20, 20],
    adjacency: chessboard(6, 1),
    flow: matrixOf(6, []),
    ...band,
    seed: 1,
  };
  const far = planOf({ ...input, locks: { together: [[1, 4]] } });
  expect(new Set([...far.label.subarray(1, 5)]).size).toBe(1);
  const epci = [0, 0, 1, 1, 1, 1];
  const whole = planOf({ ...input, territories: 2, epci, locks: { wholeEpci: true } });
  expect([...whole.label]).toEqual([0, 0, 1, 1, 1, 1]);
  // Locked in by the wall, 0 is under the floor whatever is done.
  const walled = planOf({ ...input, walls: [0, 1, 1, 1, 1, 1] });
  expect(walled.territories[0]).toMatchObject({ population: 20, reason: 'locked_in' });
});

test('contradictory wishes are refused with their reason', () => {
  //  0 ─ 1 ─ 2 ─ 3
  const input: ProposalInput = {
    population: [50, 40, 40, 50],
    adjacency: chessboard(4, 1),
    flow: matrixOf(4, []),
    ...band,
    seed: 1,
  };
  const reasonOf = (wishes: Partial<ProposalInput>) => {
    const outcome = propose({ ...input, ...wishes });
    return 'refusal' in outcome ? outcome.refusal.reason : null;
  };
  expect(reasonOf({ locks: { together: [[0, 1]], apart: [[1, 0]] } })).toBe('together_and_apart');
  expect(reasonOf({ locks: { fixed: [[0, 1], [1]] } })).toBe('fixed_twice');
  expect(reasonOf({ locks: { fixed: [[0, 1]], apart: [[0, 1]] } })).toBe('fixed_and_apart');
  expect(reasonOf({ locks: { fixed: [[1]], together: [[0, 1]] } })).toBe('together_and_fixed');
  expect(reasonOf({ locks: { fixed: [[1]], together: [[0, 2]] } })).toBe('together_unreachable');
  expect(reasonOf({ locks: { together: [[0, 1, 2]] } })).toBe('together_above_ceiling');
  expect(reasonOf({ locks: { together: [[0, 1]] }, scope: [1, 2, 3] })).toBe('together_outside');
  expect(reasonOf({ walls: [0, 0, 1, 1], locks: { together: [[1, 2]] } })).toBe(
    'together_unreachable',
  );
  expect(reasonOf({ territories: 1 })).toBe('too_few_territories');
  expect(reasonOf({ territories: 5 })).toBe('too_many_territories');
  expect(reasonOf({ territories: 2 })).toBeNull();
});

test('wrong input is refused', () => {
  const empty = { population: [], adjacency: graph(0, []), flow: matrixOf(0, []), seed: 1 };
  expect(() => propose({ ...empty, floor: 2, ceiling: 1 })).toThrow('got 2 and 1');
  expect(() => propose({ ...empty, population: [1], ...band })).toThrow(
    'expected populations and flows of 0 units, got 1 and 0',
  );
  expect(() => propose({ ...empty, ...band, scope: [0] })).toThrow('expected units from 0 to -1');
});

test('the same seed gives the same plan; progress grows to 1; a late clock is told', () => {
  const { population, adjacency, flow } = randomMap(225, 3);
  const told: number[] = [];
  const onProgress = (share: number) => told.push(share);
  const input = { population, adjacency, flow, floor: 150, ceiling: 500, effort: 150_000 };
  const plan = planOf({ ...input, seed: 5, onProgress });
  expectSound({ ...input, seed: 5 }, plan);
  expect(plan.indicators.inBandShare).toBe(1);
  expect(planOf({ ...input, seed: 5 })).toEqual(plan);
  expect(told).toEqual([...told].sort((p, q) => p - q));
  expect(told.at(-1)).toBe(1);
  // A clock that goes on by a second each time it is read.
  let seconds = 0;
  const late = propose({ ...input, seed: 5, milliseconds: 5000 }, () => 1000 * seconds++);
  expect('plan' in late && late.plan.hurried).toBe(true);
  expect('plan' in late && late.plan.indicators.inBandShare).toBe(1);
  // What the first moves lose, until they are compiled, hurries nothing.
  let reads = 0;
  const cold = propose({ ...input, seed: 5, milliseconds: 5000 }, () => (++reads > 4 ? 60 : 0));
  expect(cold).toEqual({ plan });
});

test('a ground is searched no longer than its size can use, in the scope or whole', () => {
  const map = randomMap(24, 3);
  const input = { ...map, ...band, seed: 5, effort: 576_000 };
  expect(planOf({ ...input, effort: 1e12 })).toEqual(planOf(input));
  const scope = [...map.adjacency.offsets.keys()].slice(0, 22);
  const few = { ...input, scope, effort: 484_000 };
  expect(planOf({ ...few, effort: 1e12 })).toEqual(planOf(few));
});

const directory = sharedData();
const instance = directory && join(directory, '../bench/centre-val-de-loire.json');
describe.skipIf(!instance || !existsSync(instance))('Centre-Val de Loire', () => {
  test('1,757 communes: all that can be is in the band, more inside than any peer keeps', () => {
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
      territories: 35,
      seed: 1,
    };
    const plan = planOf(input);
    expectSound(input, plan);
    expect(plan.count).toBe(35);
    expect(plan.indicators.inBandShare).toBe(1);
    expect(plan.indicators.inside).toBeGreaterThan(0.67);
    const above = plan.territories.filter(({ inBand }) => !inBand);
    expect(above.map(({ reason }) => reason)).toEqual([
      'commune_above_ceiling',
      'commune_above_ceiling',
    ]);
  });
});
