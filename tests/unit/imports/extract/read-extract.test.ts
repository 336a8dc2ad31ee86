import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passages } from '../../../../server/imports/passages.ts';
import { type ReadFlow, readWhole } from '../../../support/extracts.ts';

const known = ['45100', '45101', '45102', '45104', '45111', '45112', '75056', '2A004', '01001'];

/** 45001 merged into 45104; 45010 split, 30 % to 45111; 45020 lost 40 % to another region. */
function passages(): Passages {
  const forward = new Map(
    [
      ['45001', [['45104', 1]]],
      [
        '45010',
        [
          ['45111', 0.3],
          ['45112', 0.6999],
        ],
      ],
      [
        '45020',
        [
          ['45102', 0.6],
          ['18999', 0.4],
        ],
      ],
    ].map(([before, after]) => [
      before as string,
      (after as [string, number][]).map(([code, ratio]) => ({
        before: before as string,
        after: code,
        year: 2016,
        ratio,
      })),
    ]),
  );
  return { forward, backward: new Map() };
}

const header = 'origin,destination,specialty,patients';
const long = (...rows: string[]) => [header, ...rows, ''].join('\n');
const flow = (origin: string, destination: string, patients: number, masked = 0): ReadFlow => ({
  specialty: 'cardiologie',
  origin,
  destination,
  patients,
  masked,
});

describe('an extract in long form', () => {
  const expected = [flow('45100', '45101', 12), flow('45101', '45101', 7)];
  const rows = [
    ['45100', '45101', 'Cardiologie', '12'],
    ['45101', '45101', 'cardiologie', '7'],
  ];
  const table = (separator: string, end = '\n') =>
    [header.split(','), ...rows].map((row) => row.join(separator) + end).join('');

  it.each([
    ['comma', table(',')],
    ['semicolon', table(';')],
    ['tab', table('\t')],
    ['pipe', table('|')],
    ['carriage returns', table(';', '\r\n')],
    ['byte order mark', `\ufeff${table(';')}`],
    ['no last line end', table(';').trimEnd()],
    ['comments and blank lines', `# source; "x\n\n${table(';')}\n;;;\n`],
    ['trailing separators', table(';', ';\n').replace('patients;', 'patients')],
    ['quotes', table(';').replaceAll('45101', '"45101"')],
    ['spaces', table(' ; ')],
    ['gzip', gzipSync(table(';'))],
    ['decimals', table(';').replaceAll(';12', ';12,0').replaceAll(';7', ';7.00')],
  ])('with %s', async (_, content) => {
    const { flows, report } = await readWhole(content, known);
    expect(flows).toEqual(expected);
    expect(report.rows).toEqual({ read: 2, kept: 2, outside: 0, rejected: 0 });
    expect(report.patients).toEqual({ read: 19, kept: 19, outside: 0, rejected: 0 });
  });

  it('keeps the accents of UTF-8 and of windows-1252, and quotes and line ends inside quotes', async () => {
    const text = long('45100,45101,"Chœur, ""à part""\nd’été",3', '45100,45101,Pédiatrie,s');
    const utf = await readWhole(text, known);
    expect(utf.report).toMatchObject({ encoding: 'utf-8' });
    expect(utf.report.specialties.map(({ label }) => label)).toEqual([
      'Chœur, "à part"\nd’été',
      'Pédiatrie',
    ]);
    const bytes = Buffer.from(text.replace('œ', '\u009c').replaceAll('’', '\u0092'), 'latin1');
    const latin = await readWhole(bytes, known);
    expect(latin.report).toMatchObject({ encoding: 'windows-1252' });
    expect(latin.report.specialties).toEqual(utf.report.specialties);
  });

  it('counts masked cells apart from zero', async () => {
    const cells = ['', 'NS', 'ns', ' s ', '<11', '< 11', '0', '11'];
    const rows = cells.map((cell) => `45100,45101,cardiologie,${cell}`);
    const { flows, report } = await readWhole(long(...rows), known);
    expect(report.masked).toEqual({ read: 6, kept: 6, outside: 0, rejected: 0 });
    expect(report.patients.kept).toBe(11);
    expect(report.rows.kept).toBe(8);
    expect(flows.filter(({ masked }) => masked === 1)).toHaveLength(6);
    expect(flows).toHaveLength(7);
  });

  it('rejects with line and reason what is no count or no commune', async () => {
    const { report } = await readWhole(
      long(
        '45100,45101,cardiologie,12',
        '45100,45101,cardiologie,-3',
        '45100,45101,cardiologie,"2,5"',
        '45100,Orléans,cardiologie,8',
        '99999,45101,cardiologie,9',
        '45100,45101,,4',
        '45100,45101,cardiologie,2,5',
        '45100,45101',
      ),
      known,
    );
    expect(report.rejections.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    for (const [i, word] of [
      'négatif',
      'non entier',
      '« Orléans »',
      '« 99999 »',
      'spécialité',
      '5 ont',
      '2 ont',
    ].entries()) {
      expect(report.rejections[i]?.reason).toContain(word);
    }
    expect(report.rows).toEqual({ read: 8, kept: 1, outside: 0, rejected: 7 });
    expect(report.patients).toEqual({ read: 33, kept: 12, outside: 0, rejected: 21 });
  });

  it('repairs codes, folds arrondissements, follows mergers and splits, and says so', async () => {
    const { flows, report } = await readWhole(
      long(
        '1001,45100,cardiologie,1',
        '2a004,45100,cardiologie,2',
        '75112,45100,cardiologie,4',
        '45001,45100,cardiologie,8',
        '45010,45100,cardiologie,10',
        '45020,45100,cardiologie,100',
        '45020,69123,cardiologie,1000',
      ),
      known,
      { passages: passages() },
    );
    expect(flows.map(({ origin }) => origin)).toEqual([
      '01001',
      '2A004',
      '75056',
      '45104',
      '45111',
      '45112',
      '45102',
      '18999',
      '45102',
    ]);
    expect(report.changedByKind).toEqual({ repaired: 2, arrondissement: 1, moved: 1, split: 3 });
    expect(report.changedRows).toBe(7);
    // 60 % of the residents of 45020 live here: they are kept, the others were never loaded.
    expect(report.patients).toEqual({ read: 1125, kept: 725, outside: 400, rejected: 0 });
    expect(report.crossing).toEqual({ rows: 2, patients: 640 });
    expect(report.changes[0]).toEqual({
      kind: 'split',
      from: '45020',
      to: '45102 (60 %), 18999 (40 %)',
      rows: 2,
    });
  });

  it('rejects a code of no commune in a department that is loaded, and no other', async () => {
    const official = new Map([
      ['45300', null],
      ['45301', '45101'],
      ['75112', '75056'],
    ]);
    const rows = ['45999', '45300', '45301', '45001', '18999', '99123', '75112', '97701'];
    const { flows, report } = await readWhole(
      long(...rows.map((code, i) => `45100,${code},cardiologie,${10 + i}`)),
      known,
      { passages: passages(), official },
    );
    expect(report.rejections).toEqual([
      {
        line: 2,
        reason:
          'dans la colonne destination, « 45999 » n’est le code d’aucune commune connue du département 45',
      },
      { line: 7, reason: expect.stringContaining('« 99123 » n’est pas le code') },
    ]);
    expect(flows.map(({ destination }) => destination)).toEqual([
      '45300',
      '45101',
      '45104',
      '18999',
      '75056',
      '97701',
    ]);
    expect(report.patients).toEqual({ read: 108, kept: 83, outside: 0, rejected: 25 });
  });

  it('adds up merged communes outside too, and shares by the year what kept its code', async () => {
    const passage = (before: string, after: string, ratio = 1) => ({
      before,
      after,
      ratio,
      year: 2015,
    });
    const moves = [
      passage('49071', '49092'),
      passage('49074', '49092'),
      passage('45100', '45100', 0.608),
      passage('45100', '45101', 0.392),
      passage('01001', '01001', 0.5),
      passage('01001', '45101', 0.5),
    ];
    const by = (side: 'before' | 'after') =>
      new Map(moves.map((one) => [one[side], moves.filter((other) => other[side] === one[side])]));
    const table = { forward: by('before'), backward: by('after') };
    const rows = [
      '45102,49071,cardiologie,30',
      '45102,49074,cardiologie,30',
      '45100,45102,cardiologie,1001',
    ];
    const read = (since: number | null, ...more: string[]) =>
      readWhole(long(...rows, ...more), known, { passages: table, years: { since, until: 2023 } });
    const dated = await read(2013);
    expect(dated.flows.slice(0, 2)).toEqual([
      flow('45102', '49092', 30),
      flow('45102', '49092', 30),
    ]);
    expect(dated.flows.slice(2).map(({ origin, patients }) => [origin, patients])).toEqual([
      ['45100', expect.closeTo(608.608, 6)],
      ['45101', expect.closeTo(392.392, 6)],
    ]);
    expect(dated.report.changedByKind).toMatchObject({ moved: 2, split: 1 });
    expect(dated.report.undated).toBeUndefined();
    expect(dated.report.patients).toEqual({ read: 1061, kept: 1061, outside: 0, rejected: 0 });
    // One code, however it is written.
    const twice = ['1001', '01001'].map((code) => `${code},45102,cardiologie,12`);
    const undated = await read(null, ...twice);
    expect(undated.flows[2]).toEqual(flow('45100', '45102', 1001));
    expect(undated.report.undated).toEqual(['01001', '45100']);
  });

  it('keeps what crosses the border and leaves out what does not concern the territory', async () => {
    const { flows, report } = await readWhole(
      long('45100,69123,orl,5', '69123,45100,orl,6', '69123,13055,orl,7', '45100,45100,orl,1'),
      known,
    );
    expect(flows).toHaveLength(3);
    expect(report.rows).toEqual({ read: 4, kept: 3, outside: 1, rejected: 0 });
    expect(report.patients).toEqual({ read: 19, kept: 12, outside: 7, rejected: 0 });
    expect(report.crossing).toEqual({ rows: 2, patients: 11 });
  });

  it('reads alike wherever the pieces of the file end', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `45100,"45101",cardiologie,${i % 97}`);
    const { report } = await readWhole(long(...rows), known);
    expect(report.rows).toEqual({ read: 60_000, kept: 60_000, outside: 0, rejected: 0 });
    const sum = rows.reduce((total, _, i) => total + (i % 97), 0);
    expect(report.patients.kept).toBe(sum);
  });
});

describe('an extract in wide form', () => {
  it('gives one flow a column', async () => {
    const { flows, report, mapping } = await readWhole(
      'res;soins;Cardiologie;Psychomotricité\n45100;45101;12;NS\n45101;45101;0;8\n45100;x;3;\n',
      known,
      { mapping: { wide: ['Cardiologie', 'Psychomotricité'] } },
    );
    expect(mapping.wide).toEqual(['Cardiologie', 'Psychomotricité']);
    expect(flows).toEqual([
      flow('45100', '45101', 12),
      { ...flow('45100', '45101', 0, 1), specialty: 'psychomotricite' },
      { ...flow('45101', '45101', 8), specialty: 'psychomotricite' },
    ]);
    expect(report.patients).toEqual({ read: 23, kept: 20, outside: 0, rejected: 3 });
    expect(report.masked).toEqual({ read: 2, kept: 1, outside: 0, rejected: 1 });
  });
});

const code = fc.constantFrom(
  ...['45100', '45101', '45001', '45010', '45020', '75112', '1001', '2a004'],
  ...['69123', '13055', '99999', 'rien', ''],
);
const cell = fc.oneof(
  fc.nat(500).map(String),
  fc.constantFrom('', 'NS', '<11', 's', '-4', '1,5', '12,0', '0'),
);
const record = fc.record({
  origin: code,
  destination: code,
  spe: fc.constantFrom('orl', 'D202', ''),
  cell,
});

describe('the report of any file', () => {
  it('adds up to the unit, and to what was loaded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 60 }), async (drawn) => {
        const rows = drawn.map((r) => `${r.origin};${r.destination};${r.spe};${r.cell}`);
        // One row that is always kept: a file of none is refused.
        const { flows, report } = await readWhole(
          [header.replaceAll(',', ';'), '45100;45100;orl;1', ...rows].join('\n'),
          known,
          { passages: passages() },
        );
        const whole = (text: string) => (/^\d+(,0)?$/.test(text) ? Number.parseInt(text, 10) : 0);
        const blank = (r: (typeof drawn)[number]) =>
          `${r.origin}${r.destination}${r.spe}${r.cell}` === '';
        expect(report.patients.read).toBe(drawn.reduce((sum, r) => sum + whole(r.cell), 1));
        expect(report.rows.read).toBe(1 + drawn.filter((r) => !blank(r)).length);
        for (const { read, kept, outside, rejected } of [
          report.rows,
          report.patients,
          report.masked,
        ]) {
          expect(kept + outside + rejected).toBe(read);
          expect(Math.min(kept, outside, rejected)).toBeGreaterThanOrEqual(0);
        }
        const loaded = flows.reduce((sum, { patients }) => sum + patients, 0);
        expect(Math.abs(loaded - report.patients.kept)).toBeLessThanOrEqual(0.5 + 1e-6);
        const told = report.specialties.reduce((sum, { patients }) => sum + patients, 0);
        expect(told).toBeCloseTo(loaded, 6);
        const inside = new Set(known);
        for (const f of flows) expect(inside.has(f.origin) || inside.has(f.destination)).toBe(true);
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});
