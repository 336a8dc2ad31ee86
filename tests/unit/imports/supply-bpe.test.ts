import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../server/errors.ts';
import { readProfessions, specialtyKeys } from '../../../server/imports/professions.ts';
import { readBpe } from '../../../server/imports/supply-bpe.ts';
import { sharedData } from '../../support/shared-data.ts';
import { checkRefusal, temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const read = (content: string) => readBpe(folder.write('bpe.csv', content));

async function refused(content: string, code: ErrorCode, ...pieces: string[]): Promise<void> {
  const refusal = await read(content).catch((error: unknown) => error);
  checkRefusal(refusal, code, ...pieces);
}

describe('professions', () => {
  it('are named by stable keys, twelve of them specialties', async () => {
    const keys = readProfessions().map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(specialtyKeys()).toHaveLength(12);
    expect(specialtyKeys()).toContain('gynecologie-medicale');
  });

  it('are each told by their own BPE codes', async () => {
    const codes = readProfessions().flatMap(({ bpeCodes }) => bpeCodes);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^D\d{3}$/);
  });
});

describe('a wide BPE table', () => {
  it('gives a row for every count that is not zero', async () => {
    const file = await read(
      'CODGEO;Médecin omnipraticien;SPECIALISTE EN CARDIOLOGIE;Infirmier\n45234;12;3,5;0\n45235;;;1\n',
    );
    expect(file.rows).toEqual([
      { unit: '45234', profession: 'medecine-generale', count: 12 },
      { unit: '45234', profession: 'cardiologie', count: 3.5 },
      { unit: '45235', profession: 'infirmier', count: 1 },
    ]);
    expect(file.remarks).toEqual([]);
    expect(file.source).toContain('« bpe.csv »');
  });

  it('names the columns it leaves out and the codes it repairs', async () => {
    const { rows, remarks } = await read('code_insee,Infirmier,Vétérinaire\n1001,1,1\n');
    expect(rows).toEqual([{ unit: '01001', profession: 'infirmier', count: 1 }]);
    expect(remarks[0]).toMatchObject({ kind: 'note' });
    expect(remarks[0]?.message).toContain('Vétérinaire');
    expect(remarks[1]).toMatchObject({ kind: 'changed', where: '01001' });
  });

  it('is refused without codes, without professions, or with a wrong value', async () => {
    await refused('ville,Infirmier\nTours,1\n', 'no_code_column', '« ville »');
    await refused('code,Vétérinaire\n37261,1\n', 'missing_column', '« Vétérinaire »');
    await refused('code,Infirmier\nTours,1\n', 'invalid_code', 'ligne 2', '« Tours »');
    await refused('code,Infirmier\n37261,x\n', 'invalid_number', 'ligne 2', 'Infirmier');
    await refused('code,Infirmier\n37261,-1\n', 'invalid_number');
  });
});

describe('a long BPE table', () => {
  it('keeps communes, known types and the latest year', async () => {
    const { rows, remarks } = await read(
      [
        'GEO;GEO_OBJECT;FACILITY_TYPE;TIME_PERIOD;OBS_VALUE',
        '45;DEP;D201;2023;900',
        '45234;COM;D201;2022;99',
        '45234;COM;D201;2023;120',
        '45234;COM;D202;2023;8',
        '45234;COM;A101;2023;1',
      ].join('\n'),
    );
    expect(rows).toEqual([
      { unit: '45234', profession: 'medecine-generale', count: 120 },
      { unit: '45234', profession: 'cardiologie', count: 8 },
    ]);
    expect(remarks.map(({ message }) => message).join(' ')).toMatch(/2023.*A101/);
  });

  it('adds up the rows of a commune', async () => {
    const { rows } = await read('DEPCOM;TYPEQU;NB_EQUIP\n45234;D233;2\n45234;D233;3\n');
    expect(rows).toEqual([{ unit: '45234', profession: 'kinesitherapie', count: 5 }]);
  });

  it('is refused without counts or without any known type', async () => {
    await refused('GEO;FACILITY_TYPE\n45234;D201\n', 'missing_column', 'OBS_VALUE');
    const other = 'GEO;GEO_OBJECT;FACILITY_TYPE;OBS_VALUE\n45234;COM;A101;1\n';
    await refused(other, 'missing_column', 'FACILITY_TYPE');
  });
});

const data = sharedData();
it.skipIf(data === null)(
  'reads the official table: every column known, 44,993 specialists',
  async () => {
    const { rows, remarks } = await readBpe(
      join(data ?? '', 'supply/bpe2013-communes-cog2023.csv'),
    );
    expect(remarks).toEqual([]);
    const specialties = new Set(specialtyKeys());
    const total = rows
      .filter(({ profession }) => specialties.has(profession))
      .reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(44_993);
  },
);
