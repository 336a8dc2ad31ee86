import type { FlowImportReport } from '../server/contracts/flow-imports.ts';
import { counted, frenchNumber } from '../server/core/french.ts';

/** Rejected lines that the terminal tells one by one. */
const SHOWN = 20;

/** What became of an extract, a line each; `file` is where the report is written, if it is. */
export function reportLines(report: FlowImportReport, file: string | undefined): string[] {
  const told: string[] = [];
  const balances: [string, keyof FlowImportReport & ('rows' | 'patients' | 'masked')][] = [
    ['Lignes', 'rows'],
    ['Patients', 'patients'],
    ['Cellules masquées', 'masked'],
  ];
  for (const [what, key] of balances) {
    const { read, kept, outside, rejected } = report[key];
    const [r, k, o, x] = [read, kept, outside, rejected].map(frenchNumber);
    told.push(
      `  ${what}, total lu : ${r} (retenu : ${k}, hors du territoire : ${o}, rejeté : ${x})`,
    );
  }
  const { crossing, changedByKind: by } = report;
  told.push(
    `  Flux avec l’extérieur, retenus : ${counted(crossing.rows, 'ligne')}, ${counted(crossing.patients, 'patient')}`,
  );
  told.push(
    `  Lignes modifiées : ${frenchNumber(report.changedRows)} (codes réparés ${frenchNumber(by.repaired)}, communes fusionnées ou renommées ${frenchNumber(by.moved)}, scindées ${frenchNumber(by.split)}, arrondissements ${frenchNumber(by.arrondissement)})`,
  );
  if (report.undated) {
    told.push(
      `  Communes changées depuis sous le même code, prises telles quelles faute d’année (--year) : ${report.undated.join(', ')}`,
    );
  }
  const unknown = report.specialties.filter(({ known }) => !known).map(({ label }) => label);
  if (unknown.length > 0) {
    told.push(`  Spécialités gardées sous leur propre nom : ${unknown.join(', ')}`);
  }
  for (const { line, reason } of report.rejections.slice(0, SHOWN)) {
    told.push(`  Ligne ${line} rejetée : ${reason}`);
  }
  const more = moreRejections(report, file);
  if (more !== null) told.push(`  ${more}`);
  return told;
}

/** Where the rejected lines beyond the first ones are told; null when there are none. */
function moreRejections(
  { rows, rejections }: Pick<FlowImportReport, 'rows' | 'rejections'>,
  file: string | undefined,
): string | null {
  const more = rows.rejected - Math.min(SHOWN, rejections.length);
  if (more <= 0) return null;
  const lines = `… et ${frenchNumber(more)} ${more > 1 ? 'autres lignes' : 'autre ligne'}`;
  const kept =
    rejections.length < rows.rejected
      ? `les ${frenchNumber(rejections.length)} premières lignes rejetées sont`
      : 'toutes les lignes rejetées sont';
  return file === undefined
    ? `${lines} : avec --report FICHIER, ${kept} écrites dans un compte rendu`
    : `${lines} : ${kept} dans le compte rendu`;
}
