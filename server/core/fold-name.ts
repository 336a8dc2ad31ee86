import { searchName } from './search-name.ts';

/** A name as people type it, `st` and `ste` written out: « St-Éloi » → `saint eloi`. */
export function foldName(name: string): string {
  return searchName(name)
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte');
}
