import { describe, expect, test } from 'vitest';
import { readListRows } from '../../../../server/imports/cpts-list/list-rows.ts';
import { readDay, readStatus } from '../../../../server/imports/cpts-list/step-cells.ts';

const read = (text: string) => readListRows(new TextEncoder().encode(text), 'liste.csv');
const refusal = (text: string) => {
  try {
    read(text);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('it was read');
};

describe('rows of a list of CPTS', () => {
  test('in Latin-1 with semicolons, codes without their zero, several spellings of a name', () => {
    const text =
      'Nom CPTS;Code INSEE;Commune;Département\nCPTS Éa;1001;;\nCPTS EA;;Ay;Ain (01)\n;1002;;\nB\u00e9;;;\n';
    const { cpts, rows, remarks } = readListRows(Buffer.from(text, 'latin1'), 'liste.csv');
    expect(cpts).toEqual([{ name: 'CPTS Éa', line: 2, status: null, on: null }]);
    expect(rows).toMatchObject([
      { line: 2, cpts: 0, code: '01001', name: null },
      { line: 3, cpts: 0, code: null, name: 'Ay', department: '01' },
    ]);
    expect(remarks).toEqual([
      'Ligne 4 : pas de nom de CPTS, laissé de côté.',
      'Ligne 5 : ni code ni nom de commune, laissé de côté.',
      'Ligne 2 : code lu avec le zéro que le tableur avait ôté.',
      '« CPTS Éa » est écrit de plusieurs façons : ses lignes sont réunies.',
    ]);
  });

  test('step and day where its rows agree, else a word with the line', () => {
    const { cpts, remarks } = read(
      'CPTS\tcommune\tStatut\tDate\nAa\tAy\tContrat ACI signé\t14/03/2022\nAa\tBy\t\t\nBb\tCy\tProjet validé\t2021-02-30\nBb\tDy\tDéposé\t2021-02-03\nCc\tEy\tACI en cours\t\n',
    );
    expect(cpts).toMatchObject([
      { name: 'Aa', status: 'aci_signed', on: '2022-03-14' },
      { name: 'Bb', status: null, on: null },
      { name: 'Cc', status: null, on: null },
    ]);
    expect(remarks.filter((remark) => /^Ligne [46]/.test(remark))).toEqual([
      expect.stringContaining('« 2021-02-30 » n’est pas lisible'),
      expect.stringContaining('« ACI en cours » n’est pas reconnue'),
    ]);
    expect(remarks.filter((remark) => remark.includes('plusieurs'))).toHaveLength(2);
  });

  test('a list without the columns it takes is refused with those it has', () => {
    expect(refusal('nom;commune\nA;B')).toMatchObject({
      code: 'missing_column',
      message: expect.stringContaining('« nom », « commune »'),
    });
    expect(refusal('cpts;habitants\nA;3')).toMatchObject({ code: 'missing_column' });
    expect(refusal('cpts;commune\nA;')).toMatchObject({ code: 'no_territory' });
    expect(refusal('cpts;commune')).toMatchObject({ code: 'empty_file' });
  });

  test('words of steps, and what is no step yet', () => {
    const steps = (...texts: string[]) => texts.map(readStatus);
    expect(steps('Signature ACI', 'ACI signé', 'Contrat signé')).toEqual(
      Array(3).fill('aci_signed'),
    );
    expect(steps('Projet de santé validé', 'Validée')).toEqual(Array(2).fill('project_validated'));
    expect(
      steps('Lettre d’intention', 'Territoire accepté', 'Projet de santé déposé', 'Close'),
    ).toEqual(['letter_of_intent', 'territory_accepted', 'project_submitted', 'closed']);
    expect(steps('Non validé', 'ACI en attente', 'En projet', '?', '')).toEqual(
      Array(5).fill(null),
    );
    expect(
      ['1/2/2020', '2020-02-01 00:00', '31.12.2019', '30/02/2020', '2020'].map(readDay),
    ).toEqual(['2020-02-01', '2020-02-01', '2019-12-31', null, null]);
  });
});
