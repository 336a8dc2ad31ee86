import { searchName } from '../core/search-name.ts';
import { DomainError, type ErrorCode } from '../errors.ts';

/** Names under which official files give the code of a commune, the surest first. */
export const codeColumns = [
  'code_insee',
  'INSEE_COM',
  'CODGEO',
  'DEPCOM',
  'code_commune',
  'codeInsee',
  'insee',
  'code',
  // A name in one vintage of INSEE's population file, a code in another: only for want of better.
  'COM',
];

/**
 * Index of the first of `wanted` among `columns`, whatever its case, accents and punctuation
 * (`Code INSEE`, `code_insee`); -1 when there is none.
 */
export function findColumn(columns: readonly string[], wanted: readonly (string | RegExp)[]) {
  const folded = columns.map(searchName);
  for (const name of wanted) {
    const index =
      typeof name === 'string'
        ? folded.indexOf(searchName(name))
        : folded.findLastIndex((column) => name.test(column));
    if (index >= 0) return index;
  }
  return -1;
}

/** Like {@link findColumn}, but refuses the file, listing the columns it has. */
export function requireColumn(
  columns: readonly string[],
  wanted: readonly (string | RegExp)[],
  missing: { file: string; what: string; code: ErrorCode },
): number {
  const index = findColumn(columns, wanted);
  if (index >= 0) return index;
  const expected = wanted.filter((name) => typeof name === 'string').join(', ');
  const seen = columns.length === 0 ? 'aucune' : columns.map((name) => `« ${name} »`).join(', ');
  throw new DomainError(
    missing.code,
    `Le fichier « ${missing.file} » n’a pas de colonne pour ${missing.what} : une colonne parmi ${expected} était attendue, les colonnes lues sont ${seen} ; renommez la bonne colonne, puis recommencez.`,
    { file: missing.file, expected: wanted.map(String), columns },
  );
}
