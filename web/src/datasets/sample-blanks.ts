import type { Role } from './roles.ts';

/**
 * What to tell of blank cells among the patients of the first rows, or null: an export of the SNDS
 * leaves a count below 11 blank, other software leaves blank what is zero.
 */
export function blanksRemark(
  sample: readonly (readonly string[])[],
  roles: readonly Role[],
): string | null {
  const isBlank = (row: readonly string[]) =>
    roles.some((role, at) => role === 'patients' && (row[at] ?? '').trim() === '');
  if (!sample.some(isBlank)) return null;
  return 'Les cellules vides des colonnes de patients seront lues comme masquées, de 1 à 10\u00a0patients chacune\u00a0: si elles veulent dire zéro dans ce fichier, écrivez-y 0 avant de l’importer.';
}
