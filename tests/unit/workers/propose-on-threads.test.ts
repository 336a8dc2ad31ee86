import { expect, test } from 'vitest';
import { propose } from '../../../server/core/proposal/propose.ts';
import { proposeOnThreads, startSearcher } from '../../../server/workers/propose-on-threads.ts';
import { randomMap } from '../core/proposal/grounds.ts';

const { population, adjacency, flow } = randomMap(200, 8);
const input = { population, adjacency, flow, floor: 150, ceiling: 500, seed: 3, effort: 1_200_000 };

test('as many threads as one likes: the same plan', async () => {
  const told: number[] = [];
  const onProgress = (share: number) => told.push(share);
  const bests: number[] = [];
  const onBest = ({ inside }: { inside: number }) => bests.push(inside);
  const alone = await proposeOnThreads({ ...input, onProgress }, { threads: 1, onBest });
  expect(alone).toEqual(propose(input));
  expect(await proposeOnThreads(input, { threads: 3 })).toEqual(alone);
  // One was started before, and is left to who started it; the other is the one that asks.
  const ahead = [startSearcher()];
  expect(await proposeOnThreads(input, { threads: 2, ahead })).toEqual(alone);
  expect(await ahead[0]!.run([])).toEqual([]);
  ahead[0]!.close();
  await expect(ahead[0]!.run([])).rejects.toThrow('was closed');
  expect(told).toEqual([...told].sort((p, q) => p - q));
  expect(told.at(-1)).toBe(1);
  // The first division, at least, was told; and nothing better than the end.
  const end = 'plan' in alone ? alone.plan.indicators.inside : 0;
  expect(bests.length).toBeGreaterThan(0);
  for (const inside of bests) expect(inside).toBeLessThanOrEqual(end);
});

test('tells its progress without threads too, and while plans are crossed', async () => {
  const told: number[] = [];
  const onProgress = (share: number) => told.push(share);
  const wishes = { ...input, territories: 8, effort: 400_000, onProgress };
  await proposeOnThreads(wishes, { threads: 1 });
  expect(told).toEqual([...told].sort((p, q) => p - q));
  expect(told.at(-1)).toBe(1);
  expect(told.filter((share) => share < 0.3).length).toBeGreaterThan(10);
  // Crossing begins at 0.65, with the cells.
  expect(told.filter((share) => share > 0.65 && share < 0.7).length).toBeGreaterThan(10);
});

test('stops at once when told to', async () => {
  const stop = new AbortController();
  const running = proposeOnThreads(
    { ...input, effort: 1e12, onProgress: () => stop.abort(new Error('enough')) },
    { threads: 2, signal: stop.signal },
  );
  await expect(running).rejects.toThrow('enough');
});
