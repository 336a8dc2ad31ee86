/**
 * Share of the poles that have a territory of their own, 0 to 1: of several in one, all but one have
 * not. NaN without a pole in a territory.
 *
 * @param label territory of each unit, -1: none
 * @param poles units that are poles
 */
export function polesApart(label: ArrayLike<number>, poles: readonly number[]): number {
  const held = poles.map((unit) => label[unit]!).filter((t) => t >= 0);
  return new Set(held).size / held.length;
}

/** Mean over territories of |population − target| / target; NaN without a territory. */
export function missedTarget(
  label: ArrayLike<number>,
  population: ArrayLike<number>,
  target: number,
): number {
  const people = new Map<number, number>();
  for (let u = 0; u < label.length; u++) {
    if (label[u]! >= 0) people.set(label[u]!, (people.get(label[u]!) ?? 0) + population[u]!);
  }
  let missed = 0;
  for (const inhabitants of people.values()) missed += Math.abs(inhabitants - target) / target;
  return missed / people.size;
}
