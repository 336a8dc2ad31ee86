/** Radius in px of the circle of a pole, by the residents attracted; `largest`: those of the largest. */
export const circleRadius = (residents: number, largest: number) =>
  4 + 16 * Math.sqrt(Math.min(1, residents / largest));

/**
 * Round figures whose circles are told in a legend, the larger first: 1, 2 or 5 and zeros, the first
 * at most a third of the largest, whose own circle would take the room of three lines.
 */
export function circleSteps(largest: number): number[] {
  const most = largest / 3;
  if (most < 1) return [];
  const power = 10 ** Math.floor(Math.log10(most));
  const round = power * ([5, 2].find((digit) => digit * power <= most) ?? 1);
  return round >= 10 ? [round, round / 10] : [round];
}
