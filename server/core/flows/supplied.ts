/**
 * Units that have practitioners, ascending.
 *
 * @throws RangeError when a supply is negative or not finite.
 */
export function suppliedUnits(supply: ArrayLike<number>): Int32Array {
  const found: number[] = [];
  for (let i = 0; i < supply.length; i++) {
    const count = supply[i]!;
    if (!(count >= 0 && count < Infinity)) {
      throw new RangeError(`unit ${i}: expected a supply, got ${count}`);
    }
    if (count > 0) found.push(i);
  }
  return Int32Array.from(found);
}
