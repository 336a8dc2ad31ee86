import { expect, test } from 'vitest';
import { missedTarget, polesApart } from '../../../../server/core/proposal/wished-figures.ts';

test('poles that share a territory count as one, those outside as none', () => {
  const label = [0, 0, 1, 2, -1];
  expect(polesApart(label, [0, 2, 3])).toBe(1);
  expect(polesApart(label, [0, 1, 2, 3])).toBe(0.75);
  expect(polesApart(label, [2, 4])).toBe(1);
  expect(polesApart(label, [4])).toBeNaN();
});

test('what is missed of the target is a mean over territories', () => {
  expect(missedTarget([0, 0, 1, -1], [40, 20, 30, 500], 60)).toBeCloseTo((0 + 0.5) / 2, 12);
  expect(missedTarget([0, 0, 1, -1], [60, 60, 60, 1], 60)).toBeCloseTo(0.5, 12);
  expect(missedTarget([-1], [60], 60)).toBeNaN();
});
