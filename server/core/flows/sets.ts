import { type FlowMatrix, inflows, outflows } from './matrix.ts';

/** What a set of units keeps and exchanges, patients a year. */
export interface SetExchange {
  /** distinct units */
  units: number;
  /** living in the set */
  patients: number;
  /** treated in the set */
  treated: number;
  /** living and treated in the set */
  inside: number;
}

/** A flow between two sets, by index; `to` is null for what ends outside every set. */
export interface SetFlow {
  from: number;
  to: number | null;
  patients: number;
}

/**
 * Exchanges of sets of units and their `k` largest flows (ties: lower sets first, outside last).
 * Sets may share units: a flow then counts for each set that holds its origin, and one that ends in
 * its own set does not leave it. One pass over the flows of the units named.
 */
export function setExchanges(
  m: FlowMatrix,
  sets: readonly (readonly number[])[],
  k: number,
): { sets: SetExchange[]; flows: SetFlow[] } {
  const entering = inflows(m);
  const leaving = outflows(m);
  const holders: number[][] = Array.from({ length: m.n }, () => []);
  const found = sets.map((units, set) => {
    const distinct = new Set(units);
    for (const unit of distinct) holders[unit]!.push(set);
    const sum = (of: Float64Array) => [...distinct].reduce((total, u) => total + of[u]!, 0);
    return { units: distinct.size, patients: sum(leaving), treated: sum(entering), inside: 0 };
  });
  const width = sets.length + 1;
  const flows = new Map<number, number>();
  const add = (from: number, to: number, patients: number) =>
    flows.set(from * width + to, (flows.get(from * width + to) ?? 0) + patients);
  for (let i = 0; i < m.n; i++) {
    for (const from of holders[i]!) {
      for (let e = m.offsets[i]!; e < m.offsets[i + 1]!; e++) {
        const ends = holders[m.destinations[e]!]!;
        if (ends.includes(from)) found[from]!.inside += m.patients[e]!;
        else if (ends.length === 0) add(from, sets.length, m.patients[e]!);
        else for (const to of ends) add(from, to, m.patients[e]!);
      }
    }
  }
  const largest = [...flows]
    .filter(([, patients]) => patients > 0)
    .sort(([a, p], [b, q]) => q - p || a - b)
    .slice(0, k)
    .map(([key, patients]) => {
      const to = key % width;
      return { from: (key - to) / width, to: to === sets.length ? null : to, patients };
    });
  return { sets: found, flows: largest };
}
