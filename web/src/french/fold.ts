/**
 * A name as people type it: no accents, ligatures apart, lower case, hyphens and apostrophes as
 * spaces, `st`/`ste` written out. `L’Haÿ-les-Roses` and `l'hay les roses` give the same text.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte');
}
