const french = new Intl.NumberFormat('fr-FR');

/** 1234 → « 1 234 », with the narrow no-break spaces of French. */
export function frenchNumber(value: number): string {
  return french.format(value);
}
