import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestMoves, type Goal, goals, outlook } from '../../../../server/core/drawing/advice.ts';
import { type Drawn, drawn, plainOutcome, territoryOf } from './grounds.ts';

const band = { floor: 30_000, ceiling: 100_000 };

function plainAfter(region: Drawn, members: ReadonlySet<number>, unit: number) {
  const after = new Set(members);
  if (!after.delete(unit)) after.add(unit);
  const { population, li, pieces, holes } = plainOutcome(region, after);
  const excess = Math.max(band.floor - population, population - band.ceiling, 0);
  return { population, excess, li, pieces, holes };
}

it('foresees every move as if it had been made', () => {
  fc.assert(
    fc.property(drawn, (region) => {
      const look = outlook(territoryOf(region), band);
      const members = new Set(region.members);
      for (const unit of region.population.keys()) {
        expect(look.after(unit)).toEqual(plainAfter(region, members, unit));
      }
    }),
    { numRuns: 300 },
  );
});

describe('advice', () => {
  it.each(goals)('is no worse than any move left out, for the goal %s', (goal) => {
    fc.assert(
      fc.property(drawn, fc.array(fc.nat(24), { maxLength: 4 }), (region, locked) => {
        const members = new Set(region.members);
        const movable = (unit: number) => !locked.includes(unit);
        const now = plainAfter(region, members, -1);
        const before = { ...now, ...plainOutcome(region, members) };
        before.excess = Math.max(
          band.floor - before.population,
          before.population - band.ceiling,
          0,
        );
        const moves = bestMoves(territoryOf(region), { goal, band, movable });
        const beside = (unit: number) =>
          region.borders.some(
            ([a, b]) => (a === unit && members.has(b)) || (b === unit && members.has(a)),
          );
        const helpful = [...region.population.keys()]
          .filter((unit) => movable(unit) && (members.has(unit) ? members.size > 1 : beside(unit)))
          .map((unit) => ({ unit, after: plainAfter(region, members, unit) }))
          .filter(({ after }) => helps(goal, before, after));
        expect(moves).toHaveLength(Math.min(3, helpful.length));
        const taken = new Set(moves.map(({ unit }) => unit));
        for (const move of moves) {
          expect(move.adds).toBe(!members.has(move.unit));
          expect(helpful.map(({ unit }) => unit)).toContain(move.unit);
          for (const { unit, after } of helpful) {
            if (!taken.has(unit))
              expect(worth(goal, move.after)).toBeLessThanOrEqual(worth(goal, after));
          }
        }
      }),
    );
  });
});

type Plain = ReturnType<typeof plainAfter>;

function helps(goal: Goal, before: Plain, after: Plain): boolean {
  const breaks = (o: Plain) => o.pieces + o.holes;
  if (goal === 'contiguity') return breaks(after) < breaks(before);
  const sound = after.pieces <= before.pieces && after.holes <= before.holes;
  if (goal === 'band') return sound && after.excess < before.excess;
  return sound && after.excess <= before.excess && (after.li ?? 0) > (before.li ?? 0) + 1e-9;
}

/** Lower is better. */
function worth(goal: Goal, after: Plain): number {
  if (goal === 'band') return after.excess;
  return goal === 'localisation' ? -(after.li ?? 0) : after.pieces + after.holes;
}
