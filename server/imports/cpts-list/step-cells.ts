import type { CptsStatus } from '../../contracts/cpts.ts';
import { type Day, isDay } from '../../core/life/days.ts';
import { searchName } from '../../core/search-name.ts';

/** Words of each step, in the order they are tried: a signed contract follows a valid project. */
const words: readonly [RegExp, CptsStatus][] = [
  [/\bclos(?:e|ed|ure)?\b|\bferme|\bdissou/, 'closed'],
  [/\baci\b|\bcontrat|\bconventionne/, 'aci_signed'],
  [/\bprojet.*\bvalid|^valid/, 'project_validated'],
  [/\bdepos/, 'project_submitted'],
  [/\bterritoire.*\b(?:accept|valid|reconnu)|^accept|^reconnu/, 'territory_accepted'],
  [/\blettre|\bintention/, 'letter_of_intent'],
  [/^idee|\bbrouillon|\bemergen|\breflexion/, 'idea'],
];

/** What is not done yet, or was refused, is nothing that one may read a step from. */
const undone = /\b(?:non|pas|sans|refus\w*|attente|prevu\w*|futur\w*|prochain\w*|cours|vue)\b/;

/** The step that a cell tells, as « Contrat ACI signé »; null when it is not plain. */
export function readStatus(text: string): CptsStatus | null {
  const folded = searchName(text);
  if (undone.test(folded)) return null;
  return words.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
}

/** `14/03/2022`, `14.3.2022` or `2022-03-14`, an hour after it left out; null when it is no day. */
export function readDay(text: string): Day | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$/.exec(text.trim());
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?$/.exec(text.trim());
  const parts = iso ? iso.slice(1, 4) : french ? french.slice(1, 4).reverse() : null;
  if (!parts) return null;
  const day = parts.map((part, k) => part.padStart(k === 0 ? 4 : 2, '0')).join('-');
  return isDay(day) ? day : null;
}
