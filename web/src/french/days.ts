import { counted } from './numbers.ts';

/** From one day to another, `2026-11-22`, negative when the other comes before. */
export function daysBetween(from: string, to: string): number {
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
  return Math.round((at(to) - at(from)) / 86_400_000);
}

/** « il reste 12 jours », « dernier jour », « délai passé de 2 jours ». */
export function timeLeft(today: string, last: string): string {
  const days = daysBetween(today, last);
  if (days === 0) return 'dernier jour';
  if (days < 0) return `délai passé de ${counted(-days, 'jour')}`;
  return days === 1 ? 'il reste 1\u00a0jour' : `il reste ${counted(days, 'jour')}`;
}
