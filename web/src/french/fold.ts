import { searchName } from '../../../server/core/search-name.ts';

/** A name as people type it: as the API searches it, but with `st` and `ste` written out. */
export function fold(text: string): string {
  return searchName(text)
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte');
}
