import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readProfessions } from '../../../server/imports/professions.ts';
import { referenceTable } from '../../../server/imports/reference-data.ts';
import { readSupply } from '../../../server/imports/supply.ts';
import { checkRefusal, temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();

/** Header of the open extract, as far as the reader looks, with some of its other columns. */
const header = [
  "Type d'identifiant PP",
  'Identifiant PP',
  'Identification nationale PP',
  "Nom d'exercice",
  'Code profession',
  'Libellé profession',
  'Code type savoir-faire',
  'Code savoir-faire',
  'Code mode exercice',
  'Code commune (coord. structure)',
  'Libellé commune (coord. structure)',
  '',
];

function activity(
  person: string,
  profession: string,
  skill: string,
  commune: string,
  name = 'X',
  mode = 'L',
) {
  return ['8', person, `8${person}`, name, profession, '', 'S', skill, mode, commune, '', ''];
}

function file(rows: string[][], separator = '|', names = header): string {
  const content = [names, ...rows].map((row) => row.join(separator)).join('\n');
  return folder.write('PS_LibreAcces_Personne_activite.txt', `${content}\n`);
}

const read = (rows: string[][]) => readSupply(file(rows));

async function refused(path: string): Promise<unknown> {
  return readSupply(path).catch((error: unknown) => error);
}

describe('codes of the RPPS', () => {
  it('stand each for one known profession, every specialty among them', () => {
    const { rows } = referenceTable('rpps-codes.csv');
    const known = new Map(readProfessions().map(({ key, kind }) => [key, kind]));
    const codes = rows.map(({ cells }) => `${cells[0]} ${cells[1]}`);
    expect(new Set(codes).size).toBe(codes.length);
    const keys = new Set(rows.map(({ cells }) => cells[3] ?? ''));
    for (const key of keys) expect([key, known.has(key)]).toEqual([key, true]);
    for (const [key, kind] of known) {
      if (kind === 'specialty') expect([key, keys.has(key)]).toEqual([key, true]);
    }
    for (const { cells } of rows) {
      expect(cells[1]).toMatch(cells[0] === 'profession' ? /^\d\d$/ : /^(SM|SCD)\d\d$/);
    }
  });
});

describe('an extract of the RPPS', () => {
  it('counts a practitioner once for each commune and profession', async () => {
    const { rows, source, remarks } = await read([
      activity('10001', '10', 'SM04', '45234'),
      activity('10001', '10', 'SM04', '45234'),
      activity('10001', '10', 'SM79', '45234'),
      activity('10001', '10', 'SM04', '41018'),
      activity('10002', '10', 'SM73', '45234'),
      activity('10002', '10', 'SM54', '45234'),
      activity('10003', '60', 'SI03', '45234'),
      activity('10004', '40', 'SCD01', '45234'),
      activity('10004', '40', '', '45234'),
    ]);
    expect(rows).toEqual([
      { unit: '41018', profession: 'cardiologie', count: 1 },
      { unit: '45234', profession: 'cardiologie', count: 2 },
      { unit: '45234', profession: 'medecine-generale', count: 1 },
      { unit: '45234', profession: 'infirmier', count: 1 },
      { unit: '45234', profession: 'chirurgien-dentiste', count: 1 },
    ]);
    expect(remarks).toEqual([]);
    expect(source).toMatch(/« PS_LibreAcces_Personne_activite\.txt » .*RPPS/);
  });

  it('counts liberal activities only, and everyone where the file does not tell', async () => {
    const rows = [
      activity('1', '10', 'SM04', '45234'),
      activity('2', '10', 'SM04', '45234', 'X', 'S'),
      activity('2', '10', 'SM04', '41018', 'X', 'L'),
      activity('3', '60', '', '45234', 'X', 'B'),
    ];
    const told = await read(rows);
    expect(told.rows).toEqual([
      { unit: '41018', profession: 'cardiologie', count: 1 },
      { unit: '45234', profession: 'cardiologie', count: 1 },
    ]);
    expect(told.remarks.map(({ message }) => message)).toEqual([
      'Activités laissées de côté parce qu’elles sont salariées ou bénévoles : 2.',
    ]);
    const silent = header.map((name) => (name === 'Code mode exercice' ? 'Autre' : name));
    const all = await readSupply(file(rows, '|', silent));
    expect(all.rows.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect(all.remarks[0]?.message).toMatch(/^Sans colonne « Code mode exercice »/);
  });

  it('says what it leaves out, and at which line', async () => {
    const { rows, remarks } = await read([
      activity('1', '10', 'SM48', '45234'),
      activity('2', '10', '', '45234'),
      activity('3', '21', '', '45234'),
      activity('4', '10', 'SM04', ''),
      activity('5', '10', 'SM04', '99999'),
      activity('', '10', 'SM04', '45234'),
      activity('7', '10', 'SM04', '1001'),
    ]);
    expect(rows).toEqual([{ unit: '01001', profession: 'cardiologie', count: 1 }]);
    const said = remarks.map(({ message, where }) => `${where ?? ''} ${message}`).join('\n');
    expect(said).toMatch(/faute de commune de structure : 1\./);
    expect(said).toMatch(/faute d’identifiant de praticien : 1\./);
    expect(said).toMatch(/médecins sans savoir-faire : 1\./);
    expect(said).toMatch(/laissés de côté : SM48, profession 21\./);
    expect(said).toMatch(/ligne 6 « 99999 »/);
    expect(said).toMatch(/« 1001 » a été lu comme 01001/);
  });

  it('counts nobody on a line that stops short, as the last one of a file cut in transit', async () => {
    const [first, second] = [
      activity('1', '10', 'SM04', '45234'),
      activity('2', '10', 'SM04', '45234'),
    ].map((row) => row.join('|')) as [string, string];
    for (let length = 1; length < second.lastIndexOf('45234'); length++) {
      const path = folder.write(
        'short.txt',
        [header.join('|'), first, second.slice(0, length)].join('\n'),
      );
      const { rows, remarks } = await readSupply(path);
      expect(rows).toEqual([{ unit: '45234', profession: 'cardiologie', count: 1 }]);
      expect(remarks.map(({ where, message }) => `${where} : ${message}`)).toEqual([
        expect.stringMatching(/^ligne 3 : 12 colonnes étaient attendues, \d (ont|a) été lues? : /),
      ]);
    }
  });

  it('takes quotes in names as they come, and as they close when the file closes them', async () => {
    const open = activity('1', '10', 'SM04', '45234', '"CABINET');
    const next = activity('2', '10', 'SM04', '45234', 'DU "PARC" ET DU LAC"');
    expect((await read([open, next])).rows[0]?.count).toBe(2);
    const closed = [header, activity('1', '10', 'SM04', '45234', 'A;B')].map((row) =>
      row.map((cell) => `"${cell}"`),
    );
    const saved = file(closed.slice(1), ';', closed[0]);
    expect((await readSupply(saved)).rows).toEqual([
      { unit: '45234', profession: 'cardiologie', count: 1 },
    ]);
  });

  it('is read in Latin-1 and gzip alike', async () => {
    const text = [header, activity('1', '91', '', '2a004')]
      .map((row) => row.join('|'))
      .join('\r\n');
    const path = folder.write('rpps.txt.gz', gzipSync(Buffer.from(text, 'latin1')));
    expect((await readSupply(path)).rows).toEqual([
      { unit: '2A004', profession: 'orthophonie', count: 1 },
    ]);
  });

  it('is refused without communes or practitioners, and cut short', async () => {
    const without = (...names: RegExp[]) =>
      header.map((name, i) => (names.some((one) => one.test(name)) ? `Autre ${i}` : name));
    const row = activity('1', '10', 'SM04', '45234');
    for (const [names, what] of [
      [without(/^Code commune/), 'la commune de la structure'],
      [without(/^Ident/), 'l’identifiant du praticien'],
    ] as const) {
      checkRefusal(await refused(file([row], '|', names)), 'missing_column', what);
    }
    const packed = gzipSync(Buffer.from([header, row].map((cells) => cells.join('|')).join('\n')));
    const cut = folder.write('cut.txt.gz', packed.subarray(0, packed.length - 12));
    checkRefusal(await refused(cut), 'truncated_file');
  });

  it('is told from a BPE table by its header', async () => {
    const bpe = folder.write('bpe.csv', 'CODGEO;Infirmier\n45234;3\n');
    expect((await readSupply(bpe)).source).toContain('BPE');
  });
});
