import { expect, it } from 'vitest';
import { reportLines } from '../../../scripts/report-lines.ts';

const none = { read: 0, kept: 0, outside: 0, rejected: 0 };
const lines = (rejected: number, told: number, file?: string) =>
  reportLines(
    {
      file: 'extrait.csv',
      separator: ';',
      encoding: 'utf-8',
      rows: { ...none, read: rejected, rejected },
      patients: none,
      masked: none,
      crossing: { rows: 1, patients: 2 },
      changedRows: 0,
      changedByKind: { repaired: 0, arrondissement: 0, moved: 0, split: 0 },
      changes: [],
      undated: ['76108'],
      rejections: Array.from({ length: told }, (_, i) => ({ line: i + 2, reason: 'x' })),
      specialties: [{ key: 'x9', label: 'X9', known: false, patients: 0, masked: 0 }],
    },
    file,
  );

it('tells the balance, the codes that a year would change and the specialties not known', () => {
  const told = lines(3, 3).join('\n');
  expect(told).toContain('Lignes, total lu : 3 (retenu : 0, hors du territoire : 0, rejeté : 3)');
  expect(told).toContain('faute d’année (--year) : 76108');
  expect(told).toContain('sous leur propre nom : X9');
  expect(told.match(/^ {2}Ligne \d+ rejetée : x$/gm)).toHaveLength(3);
});

it('says where the other rejected lines are, and how many of them', () => {
  expect(lines(20, 20).at(-1)).toBe('  Ligne 21 rejetée : x');
  expect(lines(21, 21).at(-1)).toBe(
    '  … et 1 autre ligne : avec --report FICHIER, toutes les lignes rejetées sont écrites dans un compte rendu',
  );
  expect(lines(120, 120, 'a.csv').at(-1)).toBe(
    '  … et 100 autres lignes : toutes les lignes rejetées sont dans le compte rendu',
  );
  expect(lines(300, 250, 'a.csv').at(-1)).toContain(
    '280 autres lignes : les 250 premières lignes rejetées sont dans',
  );
});
