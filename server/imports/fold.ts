/** `Île-de-Bréhat` → `ile de brehat`: no accents, no case, one space for anything else. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/gi, 'oe')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** `Provence-Alpes-Côte d'Azur` → `provence-alpes-cote-d-azur`. */
export function slug(text: string): string {
  return fold(text).replaceAll(' ', '-');
}
