const french = new Intl.NumberFormat('fr-FR');

/** 1234 → « 1 234 », with the narrow no-break spaces of French. */
export function frenchNumber(value: number): string {
  return french.format(value);
}

/** 1, commune → « 1 commune »; 3 → « 3 communes ». */
export function counted(value: number, noun: string): string {
  return `${frenchNumber(value)}\u00a0${noun}${Math.abs(value) >= 2 ? 's' : ''}`;
}

/** Alphabetical order, « é » beside « e ». */
export const frenchOrder = new Intl.Collator('fr').compare;
