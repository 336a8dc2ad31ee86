import { expect, test } from 'vitest';
import { propose } from '../../../../server/core/proposal/propose.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { chessboard, matrixOf } from '../arbitraries.ts';
import { everyDivision, planOf, randomMap, totals } from './grounds.ts';

test('a narrow band is held on a map of 180 communes, however many territories that takes', () => {
  for (const [seed, floor, ceiling] of [
    [3, 160, 200],
    [4, 150, 190],
  ] as const) {
    const { population, adjacency, flow } = randomMap(180, seed);
    const { indicators } = planOf({
      ...{ population, adjacency, flow, floor, ceiling },
      effort: 100_000,
      seed: 1,
    });
    expect(indicators).toMatchObject({ inBandShare: 1, inBand: indicators.territories });
  }
});

test('where no number of territories fits, as few as can be are short, and the shortest is said why', () => {
  const adjacency = chessboard(3, 3);
  const plans = everyDivision(adjacency);
  const random = seededRandom(5);
  const [floor, ceiling] = [80, 95];
  /** As `bandExcess` counts it, above the ceiling apart. */
  const shortfall = (people: number[]) =>
    people.reduce((sum, p) => sum + (p < floor ? Math.sqrt((floor - p) * ceiling) : 0), 0);
  let compared = 0;
  for (let board = 0; board < 60 && compared < 4; board++) {
    const population = Array.from({ length: 9 }, () => 10 + Math.floor(random() * 20));
    const all = population.reduce((sum, p) => sum + p, 0);
    // Two territories would be over the ceiling, three short.
    if (all <= 2 * ceiling || all >= 3 * floor) continue;
    compared++;
    const plan = planOf({ population, adjacency, flow: matrixOf(9, []), floor, ceiling, seed: 1 });
    const kept = plans
      .map((label) => totals(label, population))
      .filter((people) => people.length === 3 && people.every((p) => p <= ceiling));
    expect(kept.length).toBeGreaterThan(0);
    const people = plan.territories.map((one) => one.population);
    expect(people.every((p) => p <= ceiling)).toBe(true);
    expect(shortfall(people)).toBeCloseTo(Math.min(...kept.map(shortfall)), 9);
    for (const { inBand, reason } of plan.territories) {
      expect(reason).toBe(inBand ? null : 'no_count_fits');
    }
    const within = people.filter((p) => p >= floor).reduce((sum, p) => sum + p, 0);
    expect(plan.indicators.reachablePopulation).toBe(within);
  }
  expect(compared).toBe(4);
});

test('an imposed number that populations allow and units do not leaves few short, not all a little', () => {
  // 40 units of 10 in a row: by populations 11 territories of 35 fit, by units (four each) only 10.
  const row = { population: new Array(40).fill(10), adjacency: chessboard(40, 1) };
  const input = { ...row, flow: matrixOf(40, []), floor: 35, ceiling: 100, seed: 1 };
  const { territories } = planOf({ ...input, territories: 11, effort: 50_000 });
  expect(territories).toHaveLength(11);
  // The least distance to the band would be four territories of three units each.
  expect(territories.filter(({ inBand }) => inBand)).toHaveLength(9);
  const reasons = territories.filter(({ inBand }) => !inBand).map(({ reason }) => reason);
  expect(reasons).toEqual(['not_found', 'not_found']);
});

test('an imposed number that the locks leave no room for is refused, with one that there is', () => {
  //  0 ─ 1 ─ 2 ─ 3     20 inhabitants each, any two under the ceiling; all apart from each other
  const apart: [number, number][] = [];
  for (let u = 0; u < 4; u++) for (let v = u + 1; v < 4; v++) apart.push([u, v]);
  const input = {
    population: [20, 20, 20, 20],
    adjacency: chessboard(4, 1),
    flow: matrixOf(4, []),
    floor: 10,
    ceiling: 50,
    locks: { apart },
    seed: 1,
  };
  expect(propose({ ...input, territories: 3 })).toEqual({
    refusal: { reason: 'number_not_found', units: [], possible: 4 },
  });
  expect(planOf({ ...input, territories: 4 }).count).toBe(4);
});
