import { afterEach, expect, test, vi } from 'vitest';
import { BEAT_MS, RunQueue } from '../../../server/usecases/run-queue.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a run is told of twice a second from its start to its end, even where its work is silent', async () => {
  vi.useFakeTimers();
  expect(BEAT_MS).toBeLessThanOrEqual(500);
  const queue = new RunQueue(2, () => {});
  const at: number[] = [];
  const start = Date.now();
  queue.watch(1, () => at.push(Date.now() - start));
  let end = () => {};
  queue.add(1, async ({ onProgress }) => {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    onProgress(1, 4);
    await new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect(queue.live(1)).toMatchObject({ started: true, progress: 0.25 });
  const gaps = [...at, 5000].map((time, k) => time - (at[k - 1] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(500);
  end();
  await vi.advanceTimersByTimeAsync(1);
  const told = at.length;
  expect(queue.live(1)).toBeUndefined();
  await vi.advanceTimersByTimeAsync(5000);
  expect(at).toHaveLength(told);
});
