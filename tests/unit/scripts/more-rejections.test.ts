import { expect, it } from 'vitest';
import { moreRejections } from '../../../scripts/more-rejections.ts';

const report = (rejected: number, told = rejected) => ({
  rows: { read: rejected, kept: 0, outside: 0, rejected },
  rejections: Array.from({ length: told }, (_, i) => ({ line: i + 2, reason: 'x' })),
});

it('says where the other rejected lines are, and how many of them', () => {
  expect(moreRejections(report(20), 20, undefined)).toBeNull();
  expect(moreRejections(report(21), 20, undefined)).toBe(
    '… et 1 autre ligne : avec --report FICHIER, toutes les lignes rejetées sont écrites dans un compte rendu',
  );
  expect(moreRejections(report(120), 20, 'a.csv')).toBe(
    '… et 100 autres lignes : toutes les lignes rejetées sont dans le compte rendu',
  );
  const cut = moreRejections(report(300, 250), 20, 'a.csv');
  expect(cut).toContain('280 autres lignes : les 250 premières lignes rejetées sont dans');
});
