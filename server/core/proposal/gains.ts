/** Less than half a patient a year more inside is no gain: it reads « autant de soins ». */
export function gains({ patients }: { patients: number }): boolean {
  return Math.round(10 * patients) >= 5;
}
