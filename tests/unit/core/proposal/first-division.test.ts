import { expect, test } from 'vitest';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import {
  divide,
  divideAsBefore,
  nearestDivision,
} from '../../../../server/core/proposal/first-division.ts';
import { matchTerritories } from '../../../../server/core/proposal/match.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { chessboard, matrixOf } from '../arbitraries.ts';
import { everyDivision, groundOf, insideShare, planOf, randomMap, totals } from './grounds.ts';

//  0 ─ 1 ─ 2 ─ 3 ─ 4 ─ 5 ─ 6 ─ 7      20 inhabitants each, band 30 to 100
const row = groundOf(new Array(8).fill(20), chessboard(8, 1), matrixOf(8, []));
const as = (before: number[], wanted: number | null, ground = row) => {
  const label = Int32Array.from(before);
  const found = divideAsBefore(ground, label, wanted, seededRandom(1), () => {}, 10_000);
  return found && [...found.label];
};

test('territories of before stay as they are; pieces and units of none join what is beside', () => {
  expect(as([0, 0, 1, 1, 1, 2, 2, 2], 3)).toEqual([0, 0, 1, 1, 1, 2, 2, 2]);
  expect(as([7, 7, 4, 4, 4, 9, 9, 9], null)).toEqual([0, 0, 1, 1, 1, 2, 2, 2]);
  const joined = as([0, 0, 1, 1, -1, 0, 2, 2], null)!;
  expect([...groupPieces(row.adjacency, Int32Array.from(joined))].every((p) => p === 1)).toBe(true);
  for (const people of totals(joined, new Array(8).fill(20))) {
    expect(people).toBeGreaterThanOrEqual(30);
    expect(people).toBeLessThanOrEqual(100);
  }
  // Fewer than wanted: there is no such division to begin from.
  expect(as([0, 0, 0, 0, 1, 1, 1, 1], 3)).toBeNull();
  expect(as([0, 0, 1, 1, 2, 2, 2, 2], 2)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
});

test('pairs to keep apart are taken out of it', () => {
  const offsets = Int32Array.from([0, 0, 1, 2, 2, 2, 2, 2, 2]);
  const ground = { ...row, apart: { offsets, others: Int32Array.from([2, 1]) } };
  const label = as([0, 0, 0, 1, 1, 1, 2, 2], 3, ground)!;
  expect(label[1]).not.toBe(label[2]);
});

test('of the numbers that can be, the one whose division is in the band', () => {
  // Two territories would be above the ceiling, four under the floor.
  const band = { ...row, floor: 45, ceiling: 65 };
  const first = { label: Int32Array.from([0, 0, 0, 0, 1, 1, 1, 1]), count: 2, outside: 120 };
  const near = (fewest: number, most: number) =>
    nearestDivision(band, first, { fewest, most }, seededRandom(1), () => {}, 100_000);
  expect(near(2, 2)).toBe(first);
  const found = near(2, 4);
  expect(found.count).toBe(3);
  expect(found.outside).toBeLessThan(first.outside);
});

test('where their number is free, the plan is worth as much as the best of any number beside', () => {
  // Of nine units there are two to four territories: all are beside what agglomeration comes to.
  const adjacency = chessboard(3, 3);
  const plans = everyDivision(adjacency);
  const random = seededRandom(11);
  const counts = new Set<number>();
  for (let board = 0; board < 12; board++) {
    const population = Array.from({ length: 9 }, () => Math.floor(Math.exp(random() * 4)));
    const flows = population.flatMap((people, u) =>
      [0, 1, 2].map((): [number, number, number] => [
        u,
        Math.floor(random() * 9),
        people * random(),
      ]),
    );
    const flow = matrixOf(9, flows);
    const all = population.reduce((sum, people) => sum + people, 0);
    const worth = (plan: Int32Array) => {
      let missed = 0;
      for (const p of totals(plan, population)) missed += (p - 45) ** 2 / (45 * all);
      return insideShare(flow, plan) - missed;
    };
    const allowed = plans.filter((plan) =>
      totals(plan, population).every((people) => people >= 30 && people <= 100),
    );
    if (allowed.length === 0) continue;
    const input = { population, adjacency, flow, floor: 30, ceiling: 100, seed: 1 };
    const free = planOf({ ...input, target: 45, weights: { target: 1 }, effort: 200_000 });
    expect(worth(free.label)).toBeCloseTo(Math.max(...allowed.map(worth)), 9);
    counts.add(free.count);
  }
  expect(counts.size).toBeGreaterThan(1);
});

test('where their number is free, few are found though agglomeration ends with many', () => {
  // 24 units in a row, each tied to the next: the fewer territories, the more inside.
  const flow = matrixOf(
    24,
    Array.from({ length: 23 }, (_, u): [number, number, number] => [u, u + 1, 1]),
  );
  const input = { population: new Array(24).fill(20), adjacency: chessboard(24, 1), flow, seed: 1 };
  const ground = groundOf(input.population, input.adjacency, flow, { ceiling: 200 });
  const first = divide(ground, null, seededRandom(1), () => {}, 10_000);
  expect(first.count).toBeGreaterThan(6);
  const plan = planOf({ ...input, floor: 30, ceiling: 200, effort: 50_000 });
  expect(plan.count).toBe(3);
  // What weighs for more is heeded as well: a target of 60 makes eight.
  const eight = { floor: 30, ceiling: 200, effort: 50_000, target: 60, weights: { target: 5 } };
  expect(planOf({ ...input, ...eight }).count).toBe(8);
});

test('a search that begins from a plan ends with nothing worse, and mostly leaves it as it is', () => {
  let warmer = 0;
  for (let seed = 0; seed < 4; seed++) {
    const { population, adjacency, flow } = randomMap(150, seed);
    const input = { population, adjacency, flow, floor: 60, ceiling: 200, seed: 2 };
    const good = planOf({ ...input, seed: 1, effort: 600_000 });
    const known = { ...input, territories: good.count, effort: 20_000 };
    const warm = planOf({ ...known, start: good.label });
    expect(warm.indicators.inside).toBeGreaterThanOrEqual(good.indicators.inside - 1e-9);
    const shared = ({ label }: { label: Int32Array }) =>
      matchTerritories(good.label, label, population).reduce((sum, one) => sum + one.population, 0);
    if (shared(warm) > shared(planOf(known))) warmer++;
  }
  expect(warmer).toBeGreaterThan(2);
});
