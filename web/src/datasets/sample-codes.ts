import type { Role } from './roles.ts';

/** A code as files write it: spaces around, a leading zero lost. */
const asCode = (cell: string): string => {
  const text = cell.trim().toUpperCase();
  return /^\d{4}$/.test(text) ? `0${text}` : text;
};

/**
 * What to tell of the codes in the first rows: a sentence when the column of residence holds no
 * commune of the loaded territory, or when no column does; null when all seems well. The rows after
 * may hold others, so that it is a warning and never a refusal.
 */
export function codesRemark(
  known: ReadonlyMap<string, number>,
  columns: readonly string[],
  sample: readonly (readonly string[])[],
  roles: readonly Role[],
): string | null {
  if (sample.length === 0) return null;
  const holdsCode = (at: number) => sample.some((row) => known.has(asCode(row[at] ?? '')));
  const origin = roles.indexOf('origin');
  if (origin >= 0) {
    return holdsCode(origin)
      ? null
      : `Dans les premières lignes, la colonne «\u00a0${columns[origin]}\u00a0» ne contient aucun code de commune du territoire chargé\u00a0: vérifiez que c’est bien la commune de résidence, et que l’extrait est celui de ce territoire.`;
  }
  return columns.some((_, at) => holdsCode(at))
    ? null
    : 'Dans les premières lignes, aucune colonne ne contient de code de commune du territoire chargé\u00a0: l’extrait doit donner les codes INSEE des communes de résidence et de soins.';
}
