import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frenchDay, isDay, monthsAfter, parisDay } from '../../../../server/core/life/days.ts';
import { deemedValidatedOn } from '../../../../server/core/life/deadline.ts';

describe('days', () => {
  test('the day is that of Paris, whatever the clock of the machine', () => {
    expect(parisDay(new Date('2026-11-22T23:30:00Z'))).toBe('2026-11-23');
    expect(parisDay(new Date('2026-07-01T21:59:59Z'))).toBe('2026-07-01');
    expect(parisDay(new Date('2026-07-01T22:00:00Z'))).toBe('2026-07-02');
  });

  test('a text of the form of a day may be none', () => {
    expect(['2028-02-29', '2026-12-31'].map(isDay)).toEqual([true, true]);
    expect(['2026-02-29', '2026-04-31', '2026-13-01', 'demain'].map(isDay)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test('months end where they end', () => {
    const table = [
      ['2026-01-15', '2026-03-15'],
      ['2026-12-31', '2027-02-28'],
      ['2027-12-31', '2028-02-29'],
      ['2027-12-30', '2028-02-29'],
      ['2026-06-30', '2026-08-30'],
      ['2026-07-31', '2026-09-30'],
      ['2026-11-30', '2027-01-30'],
    ] as const;
    for (const [day, after] of table) expect([day, monthsAfter(day, 2)]).toEqual([day, after]);
  });

  test('two months later is the day of that number, or the last before it', () => {
    const instants = fc.date({
      min: new Date('2019-01-01'),
      max: new Date('2060-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        const day = instant.toISOString().slice(0, 10);
        const after = monthsAfter(day, 2);
        expect(isDay(after)).toBe(true);
        const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(months(after) - months(day)).toBe(2);
        if (after.slice(8) !== day.slice(8)) {
          // Shortened: the next day is in another month.
          const next = new Date(`${after}T00:00:00Z`).getTime() + 86_400_000;
          expect(new Date(next).getUTCDate()).toBe(1);
          expect(after.slice(8) < day.slice(8)).toBe(true);
        }
      }),
      { seed: 6 },
    );
  });

  test('only a project that waits is to be deemed validated', () => {
    expect(deemedValidatedOn('project_submitted', '2026-12-31')).toBe('2027-02-28');
    expect(deemedValidatedOn('territory_accepted', '2026-12-31')).toBeNull();
    expect(deemedValidatedOn('project_validated', '2026-12-31')).toBeNull();
  });

  test('days are said in French', () => {
    expect(frenchDay('2026-03-01')).toBe('1er mars 2026');
    expect(frenchDay('2026-11-22')).toBe('22 novembre 2026');
  });
});
