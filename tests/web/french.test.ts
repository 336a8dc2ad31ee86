import { describe, expect, it } from 'vitest';
import { fold } from '../../web/src/french/fold.ts';
import {
  counted,
  formatCount,
  formatInhabitants,
  formatKm,
  formatShare,
} from '../../web/src/french/numbers.ts';
import { findCommunes } from '../../web/src/shell/find-communes.ts';
import { gridRegion } from './small-region.ts';

describe('figures', () => {
  it('groups by narrow no-break spaces, with a decimal comma', () => {
    expect(formatCount(1234567)).toBe('1\u202f234\u202f567');
    expect(formatShare(0.9345)).toBe('93,5\u202f%');
    expect(formatInhabitants(85799)).toBe('85\u202f799\u00a0hab.');
  });

  it('gives a decimal to short distances alone', () => {
    expect(formatKm(7.94)).toBe('7,9\u00a0km');
    expect(formatKm(38.2)).toBe('38\u00a0km');
  });

  it('puts the plural from two on', () => {
    expect(counted(0, 'commune')).toBe('0\u00a0commune');
    expect(counted(1, 'commune')).toBe('1\u00a0commune');
    expect(counted(2, 'morceau', 'morceaux')).toBe('2\u00a0morceaux');
  });
});

describe('fold', () => {
  it.each([
    ['Œuilly', 'oeuilly'],
    ['L’Haÿ-les-Roses', 'l hay les roses'],
    ['St-Jean', 'saint jean'],
    ['Ste Maure', 'sainte maure'],
    ['Brest', 'brest'],
  ])('%s is searched as %s', (name, folded) => {
    expect(fold(name)).toBe(folded);
  });
});

describe('findCommunes', () => {
  const region = gridRegion(4, 4);
  it('finds by name without accents, by code, and most populated first', () => {
    expect(findCommunes(region, 'orleans')).toEqual([1]);
    expect(findCommunes(region, '01003')).toEqual([2]);
    expect(findCommunes(region, 'saint h')).toEqual([4, 2]);
    expect(findCommunes(region, 'commune', 2)).toEqual([15, 14]);
  });

  it('finds nothing for nothing', () => {
    expect(findCommunes(region, '  ')).toEqual([]);
    expect(findCommunes(region, '99')).toEqual([]);
  });
});
