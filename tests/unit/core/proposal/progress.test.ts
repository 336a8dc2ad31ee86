import { expect, test } from 'vitest';
import { mend } from '../../../../server/core/proposal/mend.ts';
import { propose } from '../../../../server/core/proposal/propose.ts';
import { seededRandom } from '../../../../server/core/random.ts';
import { groundOf, randomMap } from './grounds.ts';

/** Moves that any machine tries in half a second: a quarter of what the slowest one measured does. */
const HALF_A_SECOND = 600_000;

test('a search tells how far it is each time it tried the moves of half a second', () => {
  const { population, adjacency, flow } = randomMap(900, 5);
  const effort = 4_000_000;
  for (const wishes of [{ territories: 30 }, {}]) {
    const told = [0];
    propose({
      ...{ population, adjacency, flow, floor: 150, ceiling: 500, seed: 1, effort, ...wishes },
      onProgress: (share) => told.push(share),
    });
    expect(told.at(-1)).toBe(1);
    const gaps = told.slice(1).map((share, k) => (share - told[k]!) * effort);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(-1e-6);
    expect(Math.max(...gaps)).toBeLessThan(HALF_A_SECOND);
  }
});

test('while a first division is mended, it tells that it is at work as often', () => {
  const { population, adjacency, flow } = randomMap(240, 6);
  // Territories by number alone: most are outside the band.
  const label = Int32Array.from(population, (_, u) => Math.floor(u / 30));
  const ground = groundOf(population, adjacency, flow, { floor: 216, ceiling: 232 });
  const random = seededRandom(1);
  let drawn = 0;
  let most = 0;
  let steps = 0;
  mend(
    ground,
    label,
    8,
    () => {
      drawn++;
      return random();
    },
    () => {
      most = Math.max(most, drawn);
      drawn = 0;
      steps++;
    },
  );
  expect(steps).toBeGreaterThan(5);
  // Each move draws at least one number.
  expect(Math.max(most, drawn)).toBeLessThan(HALF_A_SECOND);
});
