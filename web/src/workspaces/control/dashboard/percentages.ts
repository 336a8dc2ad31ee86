/**
 * Parts of a whole in tenths of a percent that sum up to a hundred percent: each rounded down, the
 * tenths left given to the largest remainders (Hamilton's method), the earlier part where they tie.
 * All 0 where there is nothing to share.
 */
export function tenthsOfPercent(parts: readonly number[]): number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  if (whole === 0) return parts.map(() => 0);
  const exact = parts.map((part) => (1000 * part) / whole);
  const down = exact.map(Math.floor);
  const left = 1000 - down.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((value, at) => ({ at, remainder: value - Math.floor(value) }))
    .sort((p, q) => q.remainder - p.remainder || p.at - q.at);
  for (const { at } of byRemainder.slice(0, left)) down[at]! += 1;
  return down;
}
