/**
 * Reads « 1 234,5 », `1234.5` or a JSON number; null when there is nothing, NaN when it is not a
 * number.
 */
export function readNumber(raw: unknown): number | null {
  if (raw === null || raw === undefined) return null;
  if (typeof raw === 'number') return raw;
  if (typeof raw !== 'string') return Number.NaN;
  const text = raw.replace(/[\s\u00a0\u202f]/g, '');
  if (text === '') return null;
  return /^[+-]?\d+(?:[.,]\d*)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}
