import { DomainError } from '../server/errors.ts';

/** The year after `--year`, null where there is none. */
export function readYear(text: string | undefined): number | null {
  if (text === undefined) return null;
  const year = Number(text);
  if (Number.isInteger(year) && year >= 1990 && year <= 2100) return year;
  throw new DomainError(
    'invalid_configuration',
    `L’année « ${text} » n’en est pas une : un nombre comme 2023 était attendu après --year.`,
  );
}
