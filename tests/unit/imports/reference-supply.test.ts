import { describe, expect, it } from 'vitest';
import { specialtyKeys } from '../../../server/imports/professions.ts';
import { referenceSupply } from '../../../server/imports/reference-supply.ts';
import { findRegion } from '../../../server/imports/regions.ts';
import { listCommunes } from '../../../server/imports/schematic/commune-list.ts';

const units = (region: string) => {
  const departments = new Set(findRegion(region).departments);
  return listCommunes().filter(({ department }) => departments.has(department));
};
const total = (rows: { count: number }[]) => rows.reduce((sum, { count }) => sum + count, 0);

describe('supply without a file', () => {
  it('is the table of the towns in Centre-Val de Loire', () => {
    const { rows, source, remarks } = referenceSupply(findRegion('24'), units('24'));
    expect(new Set(rows.map(({ unit }) => unit)).size).toBe(43);
    expect(new Set(rows.map(({ profession }) => profession))).toEqual(new Set(specialtyKeys()));
    expect(total(rows)).toBe(1347);
    expect(source).toContain('BPE 2013');
    expect(remarks).toEqual([]);
  });

  it('names the towns of the table that are not loaded', () => {
    const { rows, remarks } = referenceSupply(findRegion('24'), [{ code: '45234', population: 1 }]);
    expect(rows.every(({ unit }) => unit === '45234')).toBe(true);
    expect(remarks[0]).toMatchObject({ kind: 'rejected' });
    expect(remarks[0]?.message).toContain('Tours (37261)');
  });

  it('is an assumption elsewhere, and says so', () => {
    const communes = units('53');
    const { rows, source } = referenceSupply(findRegion('53'), communes);
    expect(source).toMatch(/^Offre supposée/);
    const population = new Map(communes.map((commune) => [commune.code, commune.population]));
    for (const { unit, count } of rows) {
      expect(population.get(unit)).toBeGreaterThan(10_000);
      expect(Number.isInteger(count)).toBe(true);
    }
    const inhabitants = [...population.values()].reduce((sum, n) => sum + n, 0);
    // 65.827 specialists of the twelve kinds per 100,000, each kind rounded.
    expect(Math.abs(total(rows) - (65.827 * inhabitants) / 1e5)).toBeLessThan(6.5);
  });

  it('is shared region by region over the whole country', () => {
    const { rows } = referenceSupply(findRegion('france'), units('france'));
    expect(rows.some(({ unit }) => unit.startsWith('976'))).toBe(true);
    expect(rows.some(({ unit }) => unit.startsWith('2A'))).toBe(true);
  });

  it('goes to the largest commune where there is no town', () => {
    const small = [
      { code: '35001', population: 9_000 },
      { code: '35002', population: 8_000 },
    ];
    const { rows } = referenceSupply(findRegion('53'), small);
    expect(new Set(rows.map(({ unit }) => unit))).toEqual(new Set(['35001']));
  });
});
