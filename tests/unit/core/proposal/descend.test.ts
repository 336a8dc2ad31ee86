import { expect, test } from 'vitest';
import { groupPieces } from '../../../../server/core/graph/components.ts';
import { numbered } from '../../../../server/core/proposal/agglomerate.ts';
import { everyAlternative, judgePlan } from '../../../../server/core/proposal/alternatives.ts';
import { descend } from '../../../../server/core/proposal/descend.ts';
import { divide } from '../../../../server/core/proposal/first-division.ts';
import { groundWorth } from '../../../../server/core/proposal/ground.ts';
import type { ProposalInput } from '../../../../server/core/proposal/input.ts';
import { settle } from '../../../../server/core/proposal/settle.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { planOf, randomMap, totals } from './grounds.ts';

const n = 60;

/** A map with a commune above the ceiling, poles and EPCI, tried for a few moves only. */
function hasty(seed: number, given: Partial<ProposalInput>): ProposalInput {
  const { population, adjacency, flow } = randomMap(n, seed);
  population[7] = 130;
  return {
    ...{ population, adjacency, flow, seed, floor: 30, ceiling: 100, effort: 1_000 },
    epci: Int32Array.from({ length: n }, (_, u) => Math.floor(u / 6)),
    poles: [3, 7, 20, 41, 42],
    ...given,
  };
}

const worthOf = (input: ProposalInput, label: Int32Array) => {
  const settled = settle(input);
  if ('reason' in settled) throw new Error(settled.reason);
  const { ground, of } = settled;
  const onGround = new Int32Array(ground.population.length);
  label.forEach((t, u) => {
    if (of[u]! >= 0) onGround[of[u]!] = t;
  });
  const names = numbered(onGround);
  return groundWorth(ground, names, new Set(names).size);
};

test.each([{}, { border: 0.3 }, { epci: 1 }, { target: 2 }, { poles: 1, border: 0.05 }])(
  'no commune can change territory alone and better the plan, with the weights %j',
  (weights) => {
    let judged = 0;
    for (const seed of [1, 2]) {
      for (const wishes of [{}, { territories: 8 }]) {
        const input = hasty(seed, { weights, ...wishes });
        const { label, count } = planOf(input);
        const before = worthOf(input, label);
        everyAlternative(judgePlan(input, label, count)).forEach((found, u) => {
          for (const { territory, obstacles, patients, outweighedBy } of found) {
            if (obstacles.length > 0) continue;
            judged++;
            const moved = label.slice();
            moved[u] = territory;
            expect(worthOf(input, moved)).toBeLessThanOrEqual(before + 1e-9);
            if (patients >= 0.5) expect(outweighedBy).not.toEqual([]);
          }
        });
      }
    }
    expect(judged).toBeGreaterThan(10);
  },
);

test('what it moves betters the plan, keeps it in one piece each and in the band', () => {
  let bettered = 0;
  for (const seed of [1, 2, 3, 4]) {
    const settled = settle(hasty(seed, { weights: { border: 0.1, target: 0.5 } }));
    if ('reason' in settled) throw new Error(settled.reason);
    const { ground } = settled;
    const { label, count, outside } = divide(ground, null, seededRandom(1), () => {}, 10_000);
    expect(outside).toBe(0);
    const before = label.slice();
    const found = descend(ground, label, false);
    expect(label).toEqual(before);
    expect(new Set(found).size).toBe(count);
    expect([...groupPieces(ground.adjacency, found)]).toEqual(new Array(count).fill(1));
    for (const people of totals(found, [...ground.population])) {
      expect(people >= 30 && people <= 100).toBe(true);
    }
    const gain = groundWorth(ground, found, count) - groundWorth(ground, label, count);
    expect(gain).toBeGreaterThanOrEqual(0);
    if (gain > 0) bettered++;
  }
  expect(bettered).toBeGreaterThan(2);
});
