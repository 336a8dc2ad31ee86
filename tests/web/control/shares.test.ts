import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Cpts } from '../../../server/contracts/cpts.ts';
import { coverageShares } from '../../../web/src/state/control/shares.ts';
import { tenthsOfPercent } from '../../../web/src/workspaces/control/dashboard/percentages.ts';
import { gridRegion } from '../small-region.ts';

const region = gridRegion(4, 3);

const cpts = fc.record({
  units: fc.subarray(region.code),
  standing: fc.constantFrom('recognised', 'project', 'closed'),
});

it('counts each inhabitant once, by the best that holds their commune', () => {
  fc.assert(
    fc.property(fc.array(cpts, { maxLength: 4 }), (wanted) => {
      const all = wanted.map(({ units, standing }) => ({
        units,
        recognised: standing === 'recognised',
        status: standing === 'closed' ? 'closed' : 'idea',
      })) as Cpts[];
      const shares = coverageShares(region, all);
      expect(shares.map(({ department }) => department)).toEqual([null, '01', '45']);
      for (const { department, population, recognised, inProject, uncovered } of shares) {
        expect(recognised + inProject + uncovered).toBe(population);
        const held = (standing: string) =>
          region.code
            .filter((code, unit) => {
              if (department !== null && region.department[unit] !== department) return false;
              const holders = wanted.filter(({ units }) => units.includes(code));
              const best = ['recognised', 'project'].find((one) =>
                holders.some((holder) => holder.standing === one),
              );
              return (best ?? 'none') === standing;
            })
            .reduce((sum, code) => sum + region.population[region.indexOf.get(code)!]!, 0);
        expect([recognised, inProject, uncovered]).toEqual([
          held('recognised'),
          held('project'),
          held('none'),
        ]);
      }
    }),
  );
});

it('gives percentages that sum up, none a tenth away from what it is', () => {
  const part = fc.integer({ min: 0, max: 5_000_000 });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
      const whole = parts.reduce((sum, one) => sum + one, 0);
      const tenths = tenthsOfPercent(parts);
      expect(tenths.reduce((sum, one) => sum + one, 0)).toBe(whole === 0 ? 0 : 1000);
      if (whole === 0) return;
      for (const [at, one] of parts.entries()) {
        expect(Math.abs(tenths[at]! - (1000 * one) / whole)).toBeLessThan(1);
      }
    }),
  );
  expect(tenthsOfPercent([1, 1, 1])).toEqual([334, 333, 333]);
});
