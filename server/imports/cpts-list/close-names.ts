/** How many letters two names may differ by, and still be offered for one another. */
const REACH = 2;

/**
 * Whether two keys of names are close: at most two letters put, taken or changed (V. Levenshtein,
 * Binary codes capable of correcting deletions, insertions, and reversals, 1966), fewer in short
 * names; or one begins with the whole words of the other.
 */
export function areClose(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 4 && long.startsWith(`${short} `)) return true;
  const reach = short.length < 6 ? 1 : REACH;
  return long.length - short.length <= reach && distance(short, long, reach) <= reach;
}

/** Letters put, taken or changed from one to the other; above `reach`, any number above it. */
function distance(a: string, b: string, reach: number): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const changed = before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const cost = Math.min(changed, before[j]! + 1, row[j - 1]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > reach) return least;
    before = row;
  }
  return before[b.length]!;
}
