import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followPassages, passTo } from '../../../server/imports/follow-passages.ts';
import { applyPassages, readPassages } from '../../../server/imports/passages.ts';
import { sharedData } from '../../support/shared-data.ts';
import { expectRefusal, temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const passages = readPassages(
  folder.write(
    'passages.csv',
    [
      'annee_avant,annee_apres,code_avant,code_apres,ratio',
      // Merger 45001 + 45002 → 45003, itself merged later into 45004.
      '2015,2016,45001,45003,1.0',
      '2015,2016,45002,45003,1.0',
      '2018,2019,45003,45004,1.0',
      // Split of 45010: 30 % to 45011, the rest to 45012.
      '2016,2017,45010,45011,0.3',
      '2016,2017,45010,45012,0.7',
    ].join('\n'),
  ),
);
const to = (code: string, ...known: string[]) => passTo(passages, new Set(known), code);

describe('a code of another year', () => {
  it('is itself when it is loaded', () => {
    expect(to('45001', '45001', '45004')).toEqual([{ code: '45001', ratio: 1 }]);
  });

  it('follows mergers until a loaded code', () => {
    expect(to('45001', '45003')).toEqual([{ code: '45003', ratio: 1 }]);
    expect(to('45002', '45004')).toEqual([{ code: '45004', ratio: 1 }]);
  });

  it('is shared by population when it was split', () => {
    expect(to('45010', '45011', '45012')).toEqual([
      { code: '45011', ratio: 0.3 },
      { code: '45012', ratio: 0.7 },
    ]);
  });

  it('goes back to where it came from when the loaded communes are older', () => {
    expect(to('45004', '45001', '45002')).toEqual([{ code: '45001', ratio: 1 }]);
    expect(to('45011', '45010')).toEqual([{ code: '45010', ratio: 1 }]);
  });

  it('is nowhere when nothing of it is loaded', () => {
    expect(to('35238', '45004')).toEqual([]);
  });

  it('is a commune when it was an arrondissement', () => {
    expect(to('75112', '75056')).toEqual([{ code: '75056', ratio: 1 }]);
    expect(to('69381', '69123')).toEqual([{ code: '69123', ratio: 1 }]);
  });
});

describe('a commune that changed under the same code', () => {
  const table = readPassages(
    folder.write(
      'same-code.csv',
      [
        'annee_avant,annee_apres,code_avant,code_apres,ratio',
        // 76108 gives 76095 a part; later 76095 merges into 76200.
        '2013,2014,76108,76095,0.39',
        '2013,2014,76108,76108,0.61',
        '2017,2018,76095,76200,1.0',
        // 14666 merges into 14712, and is a commune again three years later.
        '2016,2017,14666,14712,1.0',
        '2016,2017,14712,14712,1.0',
        '2019,2020,14712,14666,0.35',
        '2019,2020,14712,14712,0.65',
      ].join('\n'),
    ),
  );
  const inYear = (code: string, since: number | null, until: number | null, ...known: string[]) =>
    Object.fromEntries(
      followPassages(table, new Set(known), code, { since, until }).map((share) => [
        share.code,
        Math.round(share.ratio * 1e4) / 1e4,
      ]),
    );
  const split = { '76200': 0.39, '76108': 0.61 };

  it('is shared when the file is older than the split, and passes on what merged since', () => {
    for (const until of [2024, null]) {
      expect(inYear('76108', 2012, until, '76108', '76200')).toEqual(split);
      expect(inYear('76108', 2013, until, '76108', '76200')).toEqual(split);
      expect(inYear('76108', 2014, until, '76108', '76200')).toEqual({ '76108': 1 });
      expect(inYear('76108', null, until, '76108', '76200')).toEqual({ '76108': 1 });
    }
  });

  it('is whole while the loaded communes are older than the split too', () => {
    expect(inYear('76108', 2012, 2013, '76108', '76095')).toEqual({ '76108': 1 });
    expect(inYear('76108', 2012, null, '76108')).toEqual({ '76108': 1 });
    expect(inYear('14666', 2012, 2016, '14666', '14712')).toEqual({ '14666': 1 });
  });

  it('stops at the year of the loaded communes', () => {
    const then = { '76095': 0.39, '76108': 0.61 };
    expect(inYear('76108', 2012, 2016, '76108', '76095')).toEqual(then);
  });

  it('is shared anew where it merged and came back, and taken as it is after that', () => {
    const both = ['14666', '14712'];
    expect(inYear('14666', 2012, 2024, ...both)).toEqual({ '14666': 0.35, '14712': 0.65 });
    expect(inYear('14712', 2018, null, ...both)).toEqual({ '14666': 0.35, '14712': 0.65 });
    expect(inYear('14666', 2020, 2024, ...both)).toEqual({ '14666': 1 });
    // A code that had gone by the year of the file is an old one among those of that year.
    expect(inYear('14666', 2018, 2024, ...both)).toEqual({ '14666': 0.35, '14712': 0.65 });
    expect(inYear('14666', 2018, 2018, '14712')).toEqual({ '14712': 1 });
  });

  it('is followed outside the loaded communes too', () => {
    expect(inYear('76108', 2012, 2024, '45001')).toEqual(split);
    expect(inYear('76095', null, 2024, '45001')).toEqual({ '76200': 1 });
    expect(inYear('76095', null, 2016, '45001')).toEqual({ '76095': 1 });
    expect(inYear('76108', null, 2024, '45001')).toEqual({ '76108': 1 });
  });

  it('shares practitioners of a year that is known', () => {
    const supply = [{ unit: '76108', profession: 'orl', count: 100 }];
    const known = new Set(['76108', '76200']);
    const { rows, remarks } = applyPassages(supply, table, known, { since: 2013, until: 2024 });
    expect(rows.map(({ unit, count }) => [unit, count])).toEqual([
      ['76108', 61],
      ['76200', 39],
    ]);
    expect(remarks[0]?.message).toContain('76108 a changé');
    expect(applyPassages(supply, table, known)).toEqual({ rows: supply, remarks: [] });
  });
});

const real = sharedData();
describe.skipIf(real === null)('the official table', () => {
  it('is followed as year after year would, for every code and year', () => {
    const file = join(real ?? '', 'cog/commune-passages-2013-2024.csv');
    const table = readPassages(file);
    const moves = [...table.forward.values()].flat();
    /** One year at a time, over every commune at once. */
    const nextYear = (shares: Map<string, number>, year: number) => {
      const next = new Map<string, number>();
      for (const [code, ratio] of shares) {
        const now = table.forward.get(code)?.filter((one) => one.year === year) ?? [];
        const ends = now.length > 0 ? now : [{ after: code, ratio: 1 }];
        for (const end of ends) next.set(end.after, (next.get(end.after) ?? 0) + ratio * end.ratio);
      }
      return next;
    };
    const known = new Set<string>();
    for (const { before } of moves) {
      let last = new Map([[before, 1]]);
      for (let year = 2013; year < 2024; year++) last = nextYear(last, year);
      for (const code of last.keys()) known.add(code);
    }
    for (let since = 2013; since < 2024; since++) {
      const inUse = new Set(moves.filter(({ year }) => year === since).map(({ before }) => before));
      for (const code of inUse) {
        let expected = new Map([[code, 1]]);
        for (let year = since; year < 2024; year++) expected = nextYear(expected, year);
        const shares = passTo(table, known, code, { since, until: 2024 });
        const sum = shares.reduce((total, { ratio }) => total + ratio, 0);
        expect(sum).toBeCloseTo(1, 9);
        expect(new Map(shares.map((share) => [share.code, share.ratio]))).toEqual(expected);
      }
    }
    const kept = passTo(table, known, '76108', { since: 2012, until: 2024 });
    expect(kept.map((share) => [share.code, Math.round(1000 * share.ratio)]).sort()).toEqual([
      ['76095', 392],
      ['76108', 608],
    ]);
  });
});

describe('applyPassages', () => {
  it('adds up what lands on the same commune and says what moved and what is outside', () => {
    const row = (unit: string, count: number) => ({ unit, profession: 'infirmier', count });
    const { rows, remarks } = applyPassages(
      [row('45001', 2), row('45002', 3), row('45010', 10), row('35238', 9)],
      passages,
      new Set(['45004', '45011', '45012']),
    );
    expect(rows).toEqual([row('45004', 5), row('45011', 3), row('45012', 7)]);
    expect(remarks.map(({ kind, where }) => [kind, where])).toEqual([
      ['changed', '45001'],
      ['changed', '45002'],
      ['changed', '45010'],
      ['note', undefined],
    ]);
    expect(remarks[2]?.message).toContain('45011 (30 %), 45012 (70 %)');
    expect(remarks[3]?.message).toMatch(/^Une commune .* n’est pas parmi .* ses chiffres/);
  });

  it('never makes nor loses a practitioner whose commune is loaded in some form', () => {
    const code = fc.constantFrom('45001', '45002', '45003', '45004', '45010', '45011', '45012');
    const rows = fc.array(fc.record({ unit: code, count: fc.integer({ min: 1, max: 50 }) }));
    fc.assert(
      fc.property(rows, (list) => {
        const known = new Set(['45004', '45011', '45012']);
        const supply = list.map((row) => ({ ...row, profession: 'infirmier' }));
        const after = applyPassages(supply, passages, known).rows;
        const sum = (part: { count: number }[]) => part.reduce((s, { count }) => s + count, 0);
        expect(sum(after)).toBeCloseTo(sum(supply), 6);
        expect(after.every(({ unit }) => known.has(unit))).toBe(true);
      }),
    );
  });
});

it('refuses a table without the columns, listing those it has', () => {
  const file = folder.write('wrong.csv', 'annee_avant,avant\n2013,45001\n');
  expectRefusal(() => readPassages(file), 'missing_column', 'code_avant', '« avant »');
});

it.each(['x', '-0.5', '1.2'])('refuses the ratio %s, with its line', (ratio) => {
  const header = 'annee_avant,annee_apres,code_avant,code_apres,ratio';
  const file = folder.write('ratio.csv', `${header}\n2015,2016,45001,45003,${ratio}\n`);
  expectRefusal(() => readPassages(file), 'invalid_number', 'ligne 2', `« ${ratio} »`);
});
