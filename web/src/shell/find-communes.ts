import { fold } from '../french/fold.ts';
import { postalCodes } from '../state/place-names.ts';
import type { Region } from '../state/region.ts';

/**
 * Units whose name or code matches what is typed: codes by their start, INSEE before postal; names by their start first,
 * then by a word's start, then anywhere; the most populated first in each.
 */
export function findCommunes(
  region: Region,
  typed: string,
  limit = 8,
  postal = postalCodes.value,
): number[] {
  const text = fold(typed);
  if (text === '') return [];
  const code = typed.trim().toUpperCase();
  const isCode = /^\d[\dAB]?\d*(-[A-Z]*)?$/.test(code);
  const found: { unit: number; tier: number }[] = [];
  for (let unit = 0; unit < region.count; unit++) {
    const tier = isCode
      ? codeTier(region.code[unit]!, postal?.[unit] ?? '', code)
      : tierOf(region.folded[unit]!, text);
    if (tier >= 0) found.push({ unit, tier });
  }
  found.sort(
    (p, q) =>
      p.tier - q.tier || region.population[q.unit]! - region.population[p.unit]! || p.unit - q.unit,
  );
  return found.slice(0, limit).map(({ unit }) => unit);
}

function codeTier(own: string, postal: string, typed: string): number {
  if (own.startsWith(typed)) return 0;
  // Fewer digits say no more than the INSEE codes do.
  return typed.length > 2 && ` ${postal}`.includes(` ${typed}`) ? 1 : -1;
}

function tierOf(name: string, text: string): number {
  if (name === text) return 0;
  if (name.startsWith(text)) return 1;
  if (name.includes(` ${text}`)) return 2;
  return name.includes(text) ? 3 : -1;
}
