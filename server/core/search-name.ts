/**
 * A name as people type it: lower case, without accents, ligatures, hyphens or apostrophes, single
 * spaces. « L'Haÿ-les-Roses » → `l hay les roses`.
 */
export function searchName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
