import type { FlowImportReport } from '../../contracts/flow-imports.ts';
import { frenchNumber } from '../../core/french.ts';
import { DomainError } from '../../errors.ts';

/** What to do with a file some lines of which are rejected. */
export type RejectedRows = 'refuse' | 'skip';

/**
 * Refuses a file that was read to its end: for its rejected lines, unless they are to be skipped,
 * or because nothing of it can be analysed. The report goes with the refusal.
 *
 * @throws DomainError `rejected_rows`, `no_known_origin`
 */
export function refuseReport(
  report: FlowImportReport,
  originsKnown: number,
  rejected: RejectedRows,
): void {
  const { file, rows } = report;
  const [first] = report.rejections;
  const details = { file, rows: rows.read, rejected: rows.rejected, ...first, report };
  if (first && rows.rejected === rows.read) {
    throw new DomainError(
      'rejected_rows',
      `Toutes les lignes de « ${file} » sont rejetées, à commencer par la ligne ${first.line} (${first.reason}) : vérifiez le choix des colonnes, ou corrigez le fichier.`,
      details,
    );
  }
  if (first && rejected === 'refuse') {
    const others = rows.rejected - 1;
    const more =
      others === 0
        ? ''
        : others === 1
          ? ', et une autre avec elle'
          : `, et ${frenchNumber(others)} autres avec elle`;
    const without = others === 0 ? 'cette ligne' : 'ces lignes';
    throw new DomainError(
      'rejected_rows',
      `Dans « ${file} », la ligne ${first.line} est rejetée (${first.reason})${more} : corrigez le fichier, ou importez-le sans ${without}.`,
      details,
    );
  }
  if (originsKnown > 0) return;
  throw new DomainError(
    'no_known_origin',
    `Aucune commune de résidence du fichier « ${file} » n’est dans le territoire chargé : vérifiez la colonne d’origine, ou chargez la région du fichier.`,
    details,
  );
}
