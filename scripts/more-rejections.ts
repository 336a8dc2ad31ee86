import type { FlowImportReport } from '../server/contracts/flow-imports.ts';
import { frenchNumber } from '../server/core/french.ts';

/** Where the rejected lines beyond the `shown` ones are told; null when there are none. */
export function moreRejections(
  { rows, rejections }: Pick<FlowImportReport, 'rows' | 'rejections'>,
  shown: number,
  file: string | undefined,
): string | null {
  const more = rows.rejected - Math.min(shown, rejections.length);
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
