import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCommunes, regionsIn, vintageOf } from '../../../server/imports/communes-geojson.ts';
import { findRegion } from '../../../server/imports/regions.ts';
import { sharedData } from '../../support/shared-data.ts';
import { collection, square } from './communes.ts';
import { expectRefusal, temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const region = findRegion('24');
const read = (content: string, name = 'communes.geojson') =>
  readCommunes(folder.write(name, content), { region });

describe('property names', () => {
  it.each([
    [
      'ADMIN EXPRESS 3',
      { INSEE_COM: '45234', NOM: 'Orléans', POPULATION: 9, SIREN_EPCI: '244500468' },
    ],
    [
      'ADMIN EXPRESS 4',
      {
        cleabs: 'COMMUNE_1',
        code_insee_du_departement: '45',
        code_insee: '45234',
        nom_officiel: 'Orléans',
        population: 9,
        codes_siren_des_epci: '244500468/200000001',
      },
    ],
    ['INSEE', { CODGEO: '45234', LIBGEO: 'Orléans', PMUN: '9', EPCI: '244500468' }],
    ['RIATE', { INSEE_COM: '45234', NOM: 'Orléans', POP_2020: 9, EPCI: '244500468' }],
    [
      'CARTElette',
      { code: '45234', nom: 'Orléans', pop: 9, dep: '45', reg: '24', epci: '244500468' },
    ],
    ['geo API', { code: '45234', nom: 'Orléans', population: 9, codeEpci: '244500468' }],
    ['DEPCOM', { DEPCOM: '45234', nom: 'Orléans', population: '9,0', epci: 244500468 }],
  ])('of %s', (_, properties) => {
    expect(read(collection(properties)).units).toEqual([
      {
        code: '45234',
        name: 'Orléans',
        department: '45',
        region: '24',
        epci: '244500468',
        population: 9,
        geometry: square(1, 47),
        point: null,
      },
    ]);
  });

  it('of which the most recent population counts', () => {
    const file = collection({ INSEE_COM: '45234', POP_2015: 1, POP_2020: 2 });
    expect(read(file).units[0]?.population).toBe(2);
  });

  it.each(['NR', 'ZZZZZZZZZ', '', null])('with no EPCI written %s', (epci) => {
    const file = collection({ code: '45234', nom: 'Orléans', pop: 9, epci });
    expect(read(file).units[0]?.epci).toBeNull();
  });
});

describe('readCommunes', () => {
  const orleans = { code: '45234', nom: 'Orléans', pop: 9 };

  it('reads a geo API answer with its points', () => {
    const record = {
      ...orleans,
      centre: { type: 'Point', coordinates: [1.9, 47.9] },
      contour: square(1, 47),
    };
    const [unit] = read(JSON.stringify([record]), 'communes.json').units;
    expect(unit).toMatchObject({ code: '45234', point: [1.9, 47.9], geometry: square(1, 47) });
  });

  it('keeps the communes of the region only, and takes the year of the file name', () => {
    const file = read(collection({ ...orleans, code: '35238' }, orleans), 'france-2024-x.geojson');
    expect(file.units.map(({ code }) => code)).toEqual(['45234']);
    expect(file).toMatchObject({ year: 2024, sourceKind: 'files', region: { code: '24' } });
    expect(file.source).toContain('« france-2024-x.geojson »');
  });

  it('says which codes it repaired', () => {
    const ain = readCommunes(
      folder.write('ain.geojson', collection({ code: 1001, nom: 'L’Abergement', pop: 1 })),
      { region: findRegion('84'), year: 2023 },
    );
    expect(ain).toMatchObject({ year: 2023, units: [{ code: '01001' }] });
    expect(ain.remarks).toMatchObject([{ kind: 'changed', where: '01001' }]);
  });

  it('closes open rings, saying so, and drops heights', () => {
    const geometry = {
      type: 'Polygon',
      coordinates: [
        [
          [1, 47, 9],
          [2, 47, 9],
          [2, 48, 9],
        ],
      ],
    };
    const file = read(JSON.stringify({ features: [{ properties: orleans, geometry }] }));
    expect(file.units[0]?.geometry.coordinates).toEqual([
      [
        [1, 47],
        [2, 47],
        [2, 48],
        [1, 47],
      ],
    ]);
    expect(file.remarks).toMatchObject([{ kind: 'changed', where: '45234' }]);
  });

  it('is read from Latin-1 bytes', () => {
    const bytes = Buffer.from(collection(orleans), 'latin1');
    const file = readCommunes(folder.write('latin1.geojson', bytes), { region });
    expect(file.units[0]?.name).toBe('Orléans');
  });
});

describe('a file of communes is refused', () => {
  const orleans = { code: '45234', nom: 'Orléans', pop: 9 };
  const withGeometry = (geometry: unknown) =>
    JSON.stringify({ features: [{ properties: orleans, geometry }] });

  it('when it is not JSON, or something else', () => {
    expectRefusal(() => read('{"type":'), 'unreadable_file', 'communes.geojson', 'JSON');
    expectRefusal(() => read('{"a": 1}'), 'unreadable_file', 'features');
    expectRefusal(() => read('[1, 2]'), 'unreadable_file');
    expectRefusal(() => read('{"features": []}'), 'empty_file', 'communes.geojson');
    expectRefusal(() => read(''), 'empty_file');
  });

  it('without a column of codes or of population, listing those it has', () => {
    expectRefusal(
      () => read(collection({ zone: 'a', pop: 1 })),
      'no_code_column',
      '« zone »',
      '« pop »',
    );
    expectRefusal(
      () => read(collection({ code: '45234', zone: 'a' })),
      'no_population_column',
      '« zone »',
    );
  });

  it('with codes that occur twice', () => {
    expectRefusal(() => read(collection(orleans, orleans)), 'duplicate_codes', '45234');
  });

  it('with a code that is none', () => {
    const file = collection(orleans, { ...orleans, code: 'Tours' });
    expectRefusal(() => read(file), 'invalid_code', 'n° 2', '« Tours »');
  });

  it.each([-1, 2.5, 'beaucoup', null, ''])('with a population of %s', (pop) => {
    expectRefusal(() => read(collection({ ...orleans, pop })), 'invalid_number', '45234');
  });

  it.each([
    ['no outline', null],
    ['a point', { type: 'Point', coordinates: [1, 47] }],
    ['no ring', { type: 'Polygon', coordinates: [] }],
    [
      'a flat ring',
      {
        type: 'Polygon',
        coordinates: [
          [
            [1, 47],
            [2, 47],
            [1, 47],
          ],
        ],
      },
    ],
    ['words', { type: 'Polygon', coordinates: [[['a', 'b']]] }],
    ['no polygon', { type: 'MultiPolygon', coordinates: [] }],
    ['a number', { type: 'Polygon', coordinates: 3 }],
  ])('with %s for an outline', (_, geometry) => {
    expectRefusal(() => read(withGeometry(geometry)), 'invalid_geometry', '45234');
  });

  it('in Lambert-93 metres', () => {
    const lambert = {
      type: 'Polygon',
      coordinates: [
        [
          [618000, 6755000],
          [619000, 6755000],
          [618000, 6756000],
        ],
      ],
    };
    expectRefusal(
      () => read(withGeometry(lambert)),
      'invalid_geometry',
      '45234',
      'Lambert-93',
      'WGS 84',
    );
  });

  it('without a commune of the region', () => {
    const file = collection({ ...orleans, code: '35238' });
    expectRefusal(() => read(file), 'no_unit_in_region', 'Centre-Val de Loire');
  });
});

it('lists the regions of a file', () => {
  const file = folder.write(
    'two.geojson',
    collection({ code: '45234', pop: 1 }, { code: '35238', pop: 1 }),
  );
  expect(regionsIn(file)).toEqual(['24', '53']);
});

it('finds the vintage in a name', () => {
  expect(vintageOf('centre-val-de-loire-2023.geojson')).toBe(2023);
  expect(vintageOf('communes-20230101.geojson')).toBeNull();
  expect(vintageOf('bretagne.geojson')).toBeNull();
});

const data = sharedData();
describe.skipIf(data === null)('official files', () => {
  it.each([
    ['24', 'centre-val-de-loire-2023', 1757],
    ['53', 'bretagne-2023', 1207],
    ['24', 'france-2024-coarse', 1756],
  ])('region %s of %s', (code, name, count) => {
    const file = join(data ?? '', 'communes', `${name}.geojson`);
    const { units, remarks } = readCommunes(file, { region: findRegion(code) });
    expect(units).toHaveLength(count);
    expect(remarks).toEqual([]);
    expect(units.every(({ region }) => region === code)).toBe(true);
  });
});
