/**
 * Whole numbers that add up to `total`, in proportion to `weights`: the largest remainder method of
 * Hamilton, equal remainders in the order given. Equal shares where every weight is 0.
 *
 * @throws RangeError when `total` is not a whole number from 0, or a weight is negative or not finite.
 */
export function shareOut(total: number, weights: readonly number[]): number[] {
  if (!Number.isSafeInteger(total) || total < 0) {
    throw new RangeError(`expected a whole number to share out, got ${total}`);
  }
  let sum = 0;
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`expected weights from 0, got ${weight}`);
    }
    sum += weight;
  }
  const exact = weights.map((weight) =>
    sum > 0 ? (total * weight) / sum : total / weights.length,
  );
  const shares = exact.map(Math.floor);
  let left = total - shares.reduce((all, share) => all + share, 0);
  const byRemainder = [...exact.keys()].sort(
    (i, j) => exact[j]! - shares[j]! - (exact[i]! - shares[i]!) || i - j,
  );
  for (const i of byRemainder) {
    if (left <= 0) break;
    shares[i]!++;
    left--;
  }
  return shares;
}
