import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPassages, passTo, readPassages } from '../../../server/imports/passages.ts';
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
