import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localisation } from '../../../../server/core/indicators/localisation.ts';
import { anyFlows, dense, matrixOf } from '../arbitraries.ts';

test('agrees with F[T,T] / F[T,·] summed over the whole table', () => {
  const groups = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(anyFlows(6), groups, (flows, group) => {
      const m = matrixOf(6, flows);
      const table = dense(m);
      const found = localisation(m, Int32Array.from(group), 3);
      let allInside = 0;
      let allOut = 0;
      for (let g = 0; g < 3; g++) {
        const members = group.flatMap((of, u) => (of === g ? [u] : []));
        const out = members.reduce((sum, i) => sum + table[i]!.reduce((s, p) => s + p, 0), 0);
        const inside = members.reduce(
          (sum, i) => sum + members.reduce((s, j) => s + table[i]![j]!, 0),
          0,
        );
        expect([found.inside[g], found.out[g], found.li[g]]).toEqual([inside, out, inside / out]);
        allInside += inside;
        allOut += out;
      }
      expect(found.share).toBe(allInside / allOut);
    }),
  );
});

test('one group of all keeps everything inside; a group without flow has no index', () => {
  const m = matrixOf(3, [
    [0, 1, 4],
    [1, 0, 4],
  ]);
  expect(localisation(m, new Int32Array(3), 1).li[0]).toBe(1);
  const apart = localisation(m, Int32Array.of(0, 1, 2), 3);
  expect([...apart.li]).toEqual([0, 0, Number.NaN]);
  expect(() => localisation(m, Int32Array.of(0, 1, 3), 3)).toThrow(
    'unit 2: expected a group from -1 to 2, got 3',
  );
});
