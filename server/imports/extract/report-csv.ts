import type { FlowImportReport } from '../../contracts/flow-imports.ts';
import { csvText } from '../../core/csv-field.ts';

/** The report of an import as French spreadsheets open it: semicolons, UTF-8 with a mark. */
export function reportCsv(report: FlowImportReport): string {
  const rows: (string | number)[][] = [['rubrique', 'élément', 'nombre', 'ligne', 'détail']];
  const balances = {
    lignes: report.rows,
    patients: report.patients,
    'cellules masquées': report.masked,
  };
  for (const [what, { read, kept, outside, rejected }] of Object.entries(balances)) {
    rows.push(
      [what, 'lus', read, '', ''],
      [what, 'retenus', kept, '', ''],
      [what, 'hors du territoire chargé', outside, '', ''],
      [what, 'rejetés', rejected, '', ''],
    );
  }
  rows.push(
    ['flux avec l’extérieur', 'lignes', report.crossing.rows, '', ''],
    ['flux avec l’extérieur', 'patients', report.crossing.patients, '', ''],
    ['modifications', 'lignes modifiées', report.changedRows, '', ''],
  );
  for (const { kind, from, to, rows: count } of report.changes) {
    rows.push(['modifications', from, count, '', `${frenchKind[kind]} → ${to}`]);
  }
  for (const code of report.undated ?? []) {
    rows.push([
      'sans année',
      code,
      '',
      '',
      'commune changée depuis sous le même code, prise telle quelle',
    ]);
  }
  for (const { label, key, known, patients } of report.specialties) {
    rows.push(['spécialités', label, patients, '', known ? key : `${key} (inconnue de Maillage)`]);
  }
  for (const { line, reason } of report.rejections) rows.push(['rejets', '', '', line, reason]);
  const untold = report.rows.rejected - report.rejections.length;
  if (untold > 0) rows.push(['rejets', 'lignes suivantes, non détaillées', untold, '', '']);
  return csvText(rows);
}

const frenchKind = {
  repaired: 'code réparé',
  arrondissement: 'arrondissement compté à sa commune',
  moved: 'commune fusionnée ou renommée',
  split: 'commune scindée',
};
