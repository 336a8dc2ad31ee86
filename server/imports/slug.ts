import { searchName } from '../core/search-name.ts';

/** `Provence-Alpes-Côte d'Azur` → `provence-alpes-cote-d-azur`. */
export function slug(text: string): string {
  return searchName(text).replaceAll(' ', '-');
}
