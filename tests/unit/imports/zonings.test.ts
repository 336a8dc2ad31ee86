import { expect, it } from 'vitest';
import type { UnitFile } from '../../../server/imports/rows.ts';
import { fillEpci, readZonings } from '../../../server/imports/zonings.ts';
import { square } from './communes.ts';
import { expectRefusal, temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const table =
  'CODGEO,LIBGEO,DEP,REG,EPCI,ZE2020,BV2022\n45234,Orléans,45,24,244500468,2415,45234\n';

it('reads what a commune belongs to', () => {
  const file = folder.write('z.csv', `${table}29155,Ouessant,29,53,ZZZZZZZZZ,5302,\nTotal,,,,,,\n`);
  expect([...readZonings(file)]).toEqual([
    ['45234', { epci: '244500468', employmentZone: '2415', livingArea: '45234' }],
    ['29155', { epci: null, employmentZone: '5302', livingArea: null }],
  ]);
});

it('refuses a table without codes', () => {
  const file = folder.write('no-code.csv', 'a;b\n1;2\n');
  expectRefusal(() => readZonings(file), 'no_code_column', '« a »');
});

it('fills the EPCI a file of communes lacks, and says so', () => {
  const zonings = readZonings(folder.write('fill.csv', table));
  const unit = {
    name: '',
    department: '45',
    region: '24',
    population: 1,
    geometry: square(1, 47),
    point: null,
  };
  const file: UnitFile = {
    region: { code: '24', name: '' },
    year: null,
    sourceKind: 'files',
    source: '',
    units: [
      { ...unit, code: '45234', epci: null },
      { ...unit, code: '45235', epci: '200000001' },
    ],
    remarks: [],
  };
  const filled = fillEpci(file, zonings);
  expect(filled.units.map(({ epci }) => epci)).toEqual(['244500468', '200000001']);
  expect(filled.remarks).toHaveLength(1);
  expect(fillEpci(filled, zonings)).toBe(filled);
});
