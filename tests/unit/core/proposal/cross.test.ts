import { expect, test } from 'vitest';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import { cross, place } from '../../../../server/core/proposal/cross.ts';
import type { Drawn } from '../../../../server/core/proposal/draw.ts';
import { type Ground, groundWorth } from '../../../../server/core/proposal/ground.ts';
import { outsideOf } from '../../../../server/core/proposal/outside.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { chessboard, graph, matrixOf } from '../arbitraries.ts';
import { everyDivision, groundOf, planOf, randomMap } from './grounds.ts';

const drawn = (ground: Ground, label: Int32Array, count: number): Drawn => ({
  label,
  worth: groundWorth(ground, label, count),
  outside: outsideOf(ground, label, count),
  hurried: false,
});
const crossed = (
  ground: Ground,
  count: number,
  parents: [Drawn, Drawn],
  trials: number,
  seed = 1,
) =>
  cross(
    ground,
    count,
    parents,
    trials,
    null,
    seededRandom(seed),
    () => 0,
    () => {},
  );

test('takes from each plan what it does better', () => {
  //  0 ─ 1 ─ 2       9 ─ 10 ─ 11
  //  │   │   │       │   │    │      the best west of one plan, the best east of the other
  //  3 ─ 4 ─ 5 ───  12 ─ 13 ─ 14
  //  │   │   │       │   │    │
  //  6 ─ 7 ─ 8      15 ─ 16 ─ 17
  const half = chessboard(3, 3);
  const pairs: [number, number][] = [[5, 12]];
  for (let u = 0; u < 9; u++) {
    for (let e = half.offsets[u]!; e < half.offsets[u + 1]!; e++) {
      const v = half.neighbours[e]!;
      if (u < v) pairs.push([u, v], [u + 9, v + 9]);
    }
  }
  const random = seededRandom(4);
  const population = Array.from({ length: 18 }, () => 8 + Math.floor(random() * 20));
  const flows = population.flatMap((_, u) =>
    [0, 1, 2, 3].map((): [number, number, number] => [
      u,
      (u < 9 ? 0 : 9) + Math.floor(random() * 9),
      random(),
    ]),
  );
  const ground = groundOf(population, graph(18, pairs), matrixOf(18, flows));
  const divisions = everyDivision(half).filter((label) => Math.max(...label) === 2);
  /** Labels of one half that keep it in the band, the best first. */
  const ranked = (from: number) =>
    divisions
      .map((label) => {
        const whole = new Int32Array(18).fill(3);
        whole.set(label, from);
        return { label, worth: groundWorth(ground, whole, 4) };
      })
      .filter(({ label }) => {
        const total = [0, 0, 0];
        label.forEach((t, u) => {
          total[t]! += population[from + u]!;
        });
        return total.every((people) => people >= 30 && people <= 100);
      })
      .sort((p, q) => q.worth - p.worth)
      .map(({ label }) => label);
  const [west, east] = [ranked(0), ranked(9)];
  const both = (w: Int32Array, e: Int32Array) =>
    drawn(ground, Int32Array.from([...w, ...[...e].map((t) => t + 3)]), 6);
  const one = both(west[0]!, east.at(-1)!);
  const other = both(west.at(-1)!, east[0]!);
  const best = both(west[0]!, east[0]!);
  expect(best.worth).toBeGreaterThan(Math.max(one.worth, other.worth) + 1e-6);
  const parents: [Drawn, Drawn] = one.worth > other.worth ? [one, other] : [other, one];
  const child = crossed(ground, 6, parents, 60_000);
  expect(child.outside).toBe(0);
  expect(child.worth).toBeGreaterThanOrEqual(best.worth - 1e-9);
});

test('a child has as many territories, each in one piece, and is what it says it is', () => {
  for (let seed = 0; seed < 3; seed++) {
    const { population, adjacency, flow } = randomMap(120, seed);
    const ground = groundOf(population, adjacency, flow, { floor: 60, ceiling: 200 });
    const territories = 9;
    const plan = (start: number) => {
      const wishes = { floor: 60, ceiling: 200, territories, effort: 40_000, seed: start };
      return planOf({ population, adjacency, flow, ...wishes }).label;
    };
    const parents = [1, 2].map((start) => drawn(ground, plan(start), territories));
    const [one, other] = parents as [Drawn, Drawn];
    const child = crossed(ground, territories, [one, other], 60_000, seed);
    expect([...groupPieces(adjacency, child.label)]).toEqual(new Array(territories).fill(1));
    expect(child.worth).toBeCloseTo(groundWorth(ground, child.label, territories), 9);
    expect(child.outside).toBe(outsideOf(ground, child.label, territories));
    expect(child.outside).toBeLessThanOrEqual(one.outside);
    // The parents stay as they were, and the same seed gives the same child.
    expect(one).toEqual(drawn(ground, plan(1), territories));
    expect(crossed(ground, territories, [one, other], 60_000, seed)).toEqual(child);
    // Of one plan twice, nothing is undecided: it is searched on, and never made worse.
    const again = crossed(ground, territories, [one, one], 60_000, seed);
    expect(again.worth).toBeGreaterThanOrEqual(one.worth - 1e-12);
  }
});

test('a child takes the place of its worse parent, unless it is worse or there already', () => {
  const plan = (worth: number, outside = 0): Drawn => ({
    ...{ label: new Int32Array(0), worth, outside, hurried: false },
  });
  const after = (child: Drawn) => {
    const plans = [plan(5), plan(2), plan(9, 10)];
    place(plans, child, 1);
    return plans.map(({ worth }) => worth);
  };
  expect(after(plan(3))).toEqual([5, 3, 9]);
  expect(after(plan(1))).toEqual([5, 2, 9]);
  expect(after(plan(5))).toEqual([5, 2, 9]);
  // Nearer to the band comes before worth more.
  expect(after(plan(8, 1))).toEqual([5, 2, 9]);
});
