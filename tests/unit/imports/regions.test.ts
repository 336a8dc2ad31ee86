import { describe, expect, it } from 'vitest';
import {
  departmentOf,
  findRegion,
  regionOfDepartment,
  regionSlug,
  regions,
} from '../../../server/imports/regions.ts';
import { expectRefusal } from './temporary-folder.ts';

describe('findRegion', () => {
  it.each([
    '24',
    'Centre-Val de Loire',
    'centre val de loire',
    'CENTRE-VAL-DE-LOIRE',
    ' centre-val-de-loire ',
  ])('knows « %s »', (wanted) => {
    const region = findRegion(wanted);
    expect(region.code).toBe('24');
    expect(region.departments).toEqual(['18', '28', '36', '37', '41', '45']);
  });

  it('knows names with accents, elisions and articles', () => {
    expect(findRegion('ile de france').code).toBe('11');
    expect(findRegion('provence alpes cote d’azur').code).toBe('93');
    expect(findRegion('Réunion').code).toBe('04');
    expect(findRegion('Bretagne').name).toBe('Bretagne');
  });

  it('takes the whole country with the five overseas departments', () => {
    const france = findRegion('France');
    expect(france.code).toBe('france');
    expect(france.departments).toHaveLength(101);
    expect(france.departments).toEqual(expect.arrayContaining(['2A', '2B', '971', '976']));
    expect(regions()).toHaveLength(18);
  });

  it('refuses another name and lists the valid ones', () => {
    expectRefusal(() => findRegion('Poitou'), 'unknown_region', '« Poitou »', 'Bretagne (53)');
  });
});

describe('departments', () => {
  it('come from commune codes', () => {
    expect(['45234', '2A004', '01001', '97105'].map(departmentOf)).toEqual([
      '45',
      '2A',
      '01',
      '971',
    ]);
  });

  it('belong to regions', () => {
    expect(regionOfDepartment('45')).toBe('24');
    expect(regionOfDepartment('2B')).toBe('94');
    expect(regionOfDepartment('987')).toBeNull();
  });
});

it('names the files of a region', () => {
  expect(regionSlug({ name: 'Provence-Alpes-Côte d’Azur' })).toBe('provence-alpes-cote-d-azur');
});
