/**
 * Stable counting sort of rows by a key from 0 to n − 1. Rows are taken in `order` (null: as they
 * come), so that sorting by a second key first, then by the main one, sorts by both. Those of key `k`
 * come out as `order[starts[k] … starts[k + 1] − 1]`.
 */
export function sortByKey(
  n: number,
  keys: ArrayLike<number>,
  order: Int32Array | null,
): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(n + 1);
  for (let row = 0; row < keys.length; row++) starts[keys[row]! + 1]!++;
  for (let key = 0; key < n; key++) starts[key + 1]! += starts[key]!;
  const next = starts.slice(0, n);
  const sorted = new Int32Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const row = order ? order[k]! : k;
    sorted[next[keys[row]!]!++] = row;
  }
  return { order: sorted, starts };
}
