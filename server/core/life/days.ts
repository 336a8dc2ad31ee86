/** A day, `2026-11-22`: days sort as their texts do. */
export type Day = string;

const paris = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day it is in Paris, whatever the clock of the machine is set to. */
export function parisDay(instant: Date): Day {
  return paris.format(instant);
}

/** Whether a text of the form of a day is one: the 30th of February is not. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/**
 * The same day of a later month, or the last of that month where it is shorter: two months after
 * 31 December are 28 February (code de procédure civile, art. 641).
 */
export function monthsAfter(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}

/** 2026-03-01 → « 1ᵉʳ mars 2026 ». */
export function frenchDay(day: Day): string {
  const text = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
  return text.replace(/^1 /, '1er ');
}
