import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from '../../../../server/core/flows/apportion.ts';

const flows = {
  origin: ['A', 'A', 'B'],
  destination: ['A', 'B', 'A'],
  patients: [10, 4, 6],
  masked: [1, 0, 2],
};

test('nothing divided, nothing changed', () => {
  expect(apportion(flows, [])).toBe(flows);
});

test('both ends are shared, and sums are what they were', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      const leaves = [
        { code: 'A1', share },
        { code: 'A2', share: 1 - share },
      ];
      const shared = apportion(flows, [{ commune: 'A', leaves }]);
      const sum = (test: (k: number) => boolean) =>
        shared.patients.reduce((all, patients, k) => all + (test(k) ? patients : 0), 0);
      expect(sum(() => true)).toBeCloseTo(20, 9);
      expect(shared.masked!.reduce((a, b) => a + b)).toBeCloseTo(3, 9);
      expect(sum((k) => shared.origin[k] === 'A1')).toBeCloseTo(14 * share, 9);
      expect(sum((k) => shared.origin[k] === 'A1' && shared.destination[k] === 'A2')).toBeCloseTo(
        10 * share * (1 - share),
        9,
      );
      expect(sum((k) => shared.origin[k] === 'B')).toBeCloseTo(6, 9);
    }),
  );
});
