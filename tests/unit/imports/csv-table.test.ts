import { describe, expect, it } from 'vitest';
import { findColumn } from '../../../server/imports/columns.ts';
import { repairCode } from '../../../server/imports/commune-code.ts';
import { guessSeparator, readTable } from '../../../server/imports/csv-table.ts';
import { readNumber } from '../../../server/imports/french-number.ts';
import { decode } from '../../../server/imports/text.ts';
import { expectRefusal, temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();

describe('a table', () => {
  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
    ['pipe', '|'],
  ])('separated by %s', (name, separator) => {
    const file = folder.write(
      `${name}.csv`,
      `code${separator}nom\n45234${separator}"a ${separator} ""b"""\n`,
    );
    const table = readTable(file);
    expect(table.columns).toEqual(['code', 'nom']);
    expect(table.rows).toEqual([{ line: 2, cells: ['45234', `a ${separator} "b"`] }]);
  });

  it('ignores separators inside quotes when it guesses', () => {
    expect(guessSeparator('"a, b, c";d\n')).toBe(';');
  });

  it('counts lines from the top of the file, comments and blank lines included', () => {
    const file = folder.write('lines.csv', '# source\n\ncode;n\r\n\r\n01001;1\r\n01002;2\r\n');
    expect(readTable(file).rows.map(({ line }) => line)).toEqual([5, 6]);
  });

  it.each([
    ['UTF-8', Buffer.from('café')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffcafé')],
    ['Latin-1', Buffer.from('café', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffcafé', 'utf16le')],
  ])('is decoded from %s', (_, bytes) => {
    expect(decode(bytes)).toBe('café');
  });

  it('keeps the œ and the apostrophe of windows-1252', () => {
    expect(decode(Uint8Array.of(0x9c, 0x92))).toBe('œ’');
  });
});

describe('a file that cannot be read', () => {
  it('does not exist', () => {
    expectRefusal(() => readTable('/nowhere/a.csv'), 'no_such_file', '/nowhere/a.csv');
  });

  it('is a folder', () => {
    expectRefusal(() => readTable(folder.path), 'unreadable_file', 'dossier');
  });

  it('is empty, blank, or a header alone', () => {
    for (const content of ['', ' \n\n', 'code;nom\n', '# only a comment\n']) {
      const file = folder.write('empty.csv', content);
      expectRefusal(() => readTable(file), 'empty_file', 'empty.csv');
    }
  });

  it('is a workbook', () => {
    const file = folder.write('table.xlsx', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0));
    expectRefusal(() => readTable(file), 'unreadable_file', 'table.xlsx', 'CSV');
  });

  it('has a quote left open', () => {
    const file = folder.write('quote.csv', 'a,b\n1,2\n"3,4\n5,6\n');
    expectRefusal(() => readTable(file), 'unreadable_file', 'quote.csv', 'ligne');
  });
});

describe('cells', () => {
  it('are numbers the French way', () => {
    expect(['12,5', '12.5', '1 234', '1\u202f234,5', '-3'].map(readNumber)).toEqual([
      12.5, 12.5, 1234, 1234.5, -3,
    ]);
    expect([readNumber(''), readNumber(null), readNumber(undefined)]).toEqual([null, null, null]);
    expect(readNumber('1.2.3')).toBeNaN();
    expect(readNumber('NS')).toBeNaN();
  });

  it('are codes that lost a zero', () => {
    expect(repairCode('1001')).toMatchObject({ code: '01001', remark: { kind: 'changed' } });
    expect(repairCode('2a004')).toMatchObject({ code: '2A004', remark: { kind: 'changed' } });
    expect(repairCode('97105')).toEqual({ code: '97105', remark: null });
    for (const wrong of ['', '123', 'Orléans', '00123', '20004', '452340000']) {
      expect(repairCode(wrong), wrong).toBeNull();
    }
  });

  it('are found under a name without case or accents', () => {
    expect(findColumn(['Région', 'Code INSEE'], ['code_insee'])).toBe(1);
    expect(findColumn(['region'], ['RÉGION'])).toBe(0);
    expect(findColumn(['a'], ['b'])).toBe(-1);
  });
});
