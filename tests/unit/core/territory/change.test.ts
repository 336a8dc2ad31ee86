import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange, changeBetween } from '../../../../server/core/territory/change.ts';

const code = fc.integer({ min: 45_001, max: 45_040 }).map(String);
const units = fc.uniqueArray(code, { maxLength: 30 });

describe('what turns a territory into another', () => {
  test('applied to the one before, gives the one after; the other way round, undoes it', () => {
    fc.assert(
      fc.property(units, units, (before, after) => {
        const { added, removed } = changeBetween(before, after);
        expect(applyChange(before, { added, removed })).toEqual([...after].sort());
        expect(applyChange(after, { added: removed, removed: added })).toEqual([...before].sort());
        expect(added.filter((unit) => before.includes(unit))).toEqual([]);
        expect(removed.filter((unit) => !before.includes(unit))).toEqual([]);
      }),
    );
  });

  test('twice is as once', () => {
    fc.assert(
      fc.property(units, units, (before, after) => {
        const change = changeBetween(before, after);
        const once = applyChange(before, change);
        expect(applyChange(once, change)).toEqual(once);
      }),
    );
  });

  test('is refused where a unit both comes and goes', () => {
    expect(() => applyChange(['45001'], { added: ['45002'], removed: ['45002'] })).toThrow(
      /45002 is both added and removed/,
    );
  });
});
