import { foldName } from '../../core/fold-name.ts';

/**
 * A name as agencies type it, without its article: « La Ferté St-Aubin », « Ferté-Saint-Aubin (La) »
 * and « LA FERTE SAINT AUBIN » are `ferte saint aubin`; « s/Loire » is `sur loire`.
 */
export function communeKey(name: string): string {
  const written = name
    .replace(/\bs\/s(?=[\s/-])\/?/gi, ' sous ')
    .replace(/\bs\/\s*-?/gi, ' sur ')
    .replace(/^(.*?)\s*\((l['’]?|la|le|les)\)\s*$/i, '$2 $1');
  const folded = foldName(written);
  return folded.replace(/^(?:l|la|le|les) (?=.)/, '');
}
