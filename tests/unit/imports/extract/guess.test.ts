import { describe, expect, it } from 'vitest';
import { guessMapping } from '../../../../server/imports/extract/guess.ts';
import {
  parseMapping,
  parseNames,
  planColumns,
} from '../../../../server/imports/extract/mapping.ts';
import { knownSpecialty, specialtyNamed } from '../../../../server/imports/extract/specialties.ts';
import { expectRefusal } from '../temporary-folder.ts';

const row = ['45100', '45101', 'Cardiologie', '12'];

describe('the columns of a long extract are guessed', () => {
  it.each([
    ['origin,destination,specialty,patients'],
    ['COM_RES,COM_SOINS,SPECIALITE,NB_PATIENTS'],
    ['commune_residence,commune_soins,spécialité,effectif'],
    ['Commune d’origine,Commune de destination,Discipline,Nombre de patients'],
    ['ben_res_com,exe_soi_com,pse_spe_cod,nb'],
    ['codeOrigine,codeDestination,spe,patients'],
    ['a,b,c,d'],
  ])('from %s', (header) => {
    const columns = header.split(',');
    const [origin, destination, specialty, patients] = columns;
    expect(guessMapping(columns, [row, row])).toEqual({ origin, destination, specialty, patients });
  });

  it('whatever their order', () => {
    const columns = ['patients', 'spe', 'commune du patient (résidence)', 'lieu de soins'];
    expect(guessMapping(columns, [['NS', 'ORL', '1001', '45101']])).toEqual({
      origin: columns[2],
      destination: columns[3],
      specialty: 'spe',
      patients: 'patients',
    });
  });
});

describe('the columns of a wide extract are guessed', () => {
  it('from the names of specialties', () => {
    const columns = ['residence', 'soins', 'Cardiologie', 'D203', 'libelle'];
    expect(guessMapping(columns, [['45100', '45101', '12', '<11', 'x']])).toEqual({
      origin: 'residence',
      destination: 'soins',
      wide: ['Cardiologie', 'D203'],
    });
  });

  it('from the names that the user says the file has, which Maillage does not know', () => {
    const columns = ['residence', 'soins', 'Cardiologie', 'D203', 'X9', 'population'];
    const sample = [['45100', '45101', '12', '<11', '30', '812']];
    expect(guessMapping(columns, sample, { X9: 'Autre' })).toEqual({
      origin: 'residence',
      destination: 'soins',
      wide: ['Cardiologie', 'D203', 'X9'],
    });
  });

  it('with those whose name Maillage does not know, but neither totals nor other numbers', () => {
    const counts = ['Cardiologie', 'Mystère', 'ORL', 'Nb kiné', 'Total podologie'];
    const others = ['Total', 'Nb patients', 'Toutes spécialités confondues', 'Population 2020'];
    const columns = [
      'residence',
      'soins',
      ...counts,
      ...others,
      'Année',
      'Code dép',
      'Part',
      'Vide',
    ];
    const row = [
      '45100',
      '45101',
      '12',
      '30',
      'NS',
      '7',
      '8',
      '57',
      '57',
      '57',
      '812',
      '2023',
      '45',
    ];
    expect(guessMapping(columns, [[...row, '0,4', '']])).toEqual({
      origin: 'residence',
      destination: 'soins',
      wide: counts,
    });
    const few = ['residence', 'soins', 'Mystère', 'Total', 'Énigme', 'population'];
    expect(guessMapping(few, [['45100', '45101', '12', '42', '30', '812']]).wide).toEqual([
      'Mystère',
      'Énigme',
    ]);
  });

  it('from several columns of counts and none of names', () => {
    const columns = ['residence', 'soins', 'kiné', 'podologue'];
    expect(guessMapping(columns, [['45100', '45101', '12', 'NS']])).toEqual({
      origin: 'residence',
      destination: 'soins',
      wide: ['kiné', 'podologue'],
    });
  });
});

describe('a mapping the user gives', () => {
  it('is read in both forms', () => {
    expect(parseMapping('origin=A,destination=B,specialty=C,patients=D')).toEqual({
      origin: 'A',
      destination: 'B',
      specialty: 'C',
      patients: 'D',
    });
    expect(parseMapping('origin=A, destination=B, wide=C+D')).toEqual({
      origin: 'A',
      destination: 'B',
      wide: ['C', 'D'],
    });
  });

  it.each(['origine=A', 'origin', 'origin=A,origin=B', 'origin=', ''])(
    'is refused: « %s »',
    (text) => {
      expectRefusal(() => parseMapping(text), 'invalid_mapping', 'origin=COLONNE');
    },
  );

  it('wins over the guess, whatever case and accents', () => {
    const columns = ['Résidence', 'soins', 'Spécialité', 'n', 'N2'];
    const { plan, mapping } = planColumns(
      columns,
      { origin: 'residence', patients: 'n2' },
      { origin: 'soins', destination: 'soins', specialty: 'Spécialité', patients: 'n' },
      'f.csv',
    );
    expect(plan).toEqual({
      origin: 0,
      destination: 1,
      specialty: 2,
      patients: [{ column: 4, name: 'N2' }],
    });
    expect(mapping).toMatchObject({ origin: 'Résidence', patients: 'N2' });
  });

  it('is refused when a column is missing, listing those read', () => {
    expectRefusal(
      () => planColumns(['a', 'b'], { origin: 'a', destination: 'z' }, {}, 'f.csv'),
      'missing_column',
      '« z »',
      '« a », « b »',
    );
  });

  it('is refused when one column has two roles', () => {
    const wanted = { origin: 'a', destination: 'a', specialty: 'b', patients: 'c' };
    expectRefusal(
      () => planColumns(['a', 'b', 'c'], wanted, {}, 'f.csv'),
      'invalid_mapping',
      '« a »',
    );
  });
});

describe('the names the user gives to specialties', () => {
  it('are read', () => {
    expect(parseNames('OPH=ophtalmologie, DERM=Dermatologie de ville')).toEqual({
      OPH: 'ophtalmologie',
      DERM: 'Dermatologie de ville',
    });
  });

  it.each(['OPH', 'OPH=', '=orl', 'A=b=c', 'A=b,A=c', ''])('are refused: « %s »', (text) => {
    expectRefusal(() => parseNames(text), 'invalid_mapping', 'ÉCRIT=NOM');
  });
});

describe('the name of a specialty', () => {
  it.each([
    ['CARDIOLOGIE', 'cardiologie'],
    ['Oto-Rhino-Laryngologie', 'orl'],
    ['d202', 'cardiologie'],
    ['Spécialiste en pneumologie', 'pneumologie'],
    ['radiodiagnostic et imagerie medicale', 'radiologie'],
    ['OPH', 'ophtalmologie'],
    ['Kiné', 'kinesitherapie'],
  ])('%s is %s', (written, key) => {
    expect(specialtyNamed(written)).toMatchObject({ key, known: true });
  });

  it('that is unknown keeps its label', () => {
    expect(specialtyNamed(' Médecine du Sport ')).toEqual({
      key: 'medecine-du-sport',
      label: 'Médecine du Sport',
      known: false,
    });
    expect(knownSpecialty('constructor')).toBeNull();
  });

  it('is always a key the API takes', () => {
    for (const written of ['all', '01', `${'x'.repeat(90)}a`, '(hors champ)', 'constructor']) {
      const { key } = specialtyNamed(written) ?? { key: '' };
      expect(key).toMatch(/^[a-z][a-z0-9-]{0,60}$/);
      expect(key).not.toBe('all');
    }
    expect(specialtyNamed(`${'x'.repeat(90)}a`)?.key).not.toBe(
      specialtyNamed(`${'x'.repeat(90)}b`)?.key,
    );
    expect(specialtyNamed('—')).toBeNull();
  });

  it('is the one the user chose', () => {
    expect(specialtyNamed('SPE 3', { 'SPE 3': 'cardiologie' })?.key).toBe('cardiologie');
    expect(specialtyNamed(' SPE 4 ', { 'SPE 4': 'Médecine du sport' })).toEqual({
      key: 'medecine-du-sport',
      label: 'Médecine du sport',
      known: false,
    });
  });
});
