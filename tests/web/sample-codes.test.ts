import { describe, expect, it } from 'vitest';
import { codesRemark } from '../../web/src/datasets/sample-codes.ts';

const known = new Map([
  ['01001', 0],
  ['2A004', 1],
]);
const columns = ['res', 'soins', 'nb'];
const remark = (sample: string[][], origin = true) =>
  codesRemark(known, columns, sample, [origin ? 'origin' : 'ignored', 'destination', 'patients']);

describe('what the first rows of an extract tell of its codes', () => {
  it('is nothing when one residence is known, be its zero lost or its letter small', () => {
    expect(
      remark([
        ['99999', '', '3'],
        ['1001', '', '4'],
      ]),
    ).toBeNull();
    expect(remark([[' 2a004 ', '', '3']])).toBeNull();
  });

  it('names the column of residence that holds none, whatever the other columns hold', () => {
    expect(remark([['Ajaccio', '2A004', '3']])).toMatch(/«\sres\s»/);
  });

  it('says that no column holds one while none is the residence', () => {
    expect(remark([['Ajaccio', 'Bastia', '3']], false)).toContain('aucune colonne');
    expect(remark([['Ajaccio', '2A004', '3']], false)).toBeNull();
  });

  it('is nothing without rows', () => {
    expect(remark([])).toBeNull();
  });
});
