import type { FlowGroup } from './flow-sorter.ts';
import type { RowRanks } from './row-ranks.ts';

/** Adds up the rows of one commune over its specialties, each weighing 1. */
export class RowOverAll implements FlowGroup {
  count = 0;
  destinations = new Int32Array(64);
  patients = new Float64Array(64);
  masked = new Float64Array(64);
  /** by commune, its position in the row from 1; 0 where it is not in it */
  readonly #at: Int32Array;

  constructor(places: number) {
    this.#at = new Int32Array(places);
  }

  clear(): void {
    for (let at = 0; at < this.count; at++) this.#at[this.destinations[at]!] = 0;
    this.count = 0;
  }

  add({ count, destinations, patients, masked }: FlowGroup): void {
    for (let cell = 0; cell < count; cell++) {
      const to = destinations[cell]!;
      let at = this.#at[to]! - 1;
      if (at < 0) {
        at = this.count++;
        if (at === this.destinations.length) this.#grow();
        this.#at[to] = at + 1;
        this.destinations[at] = to;
        this.patients[at] = 0;
        this.masked[at] = 0;
      }
      this.patients[at]! += patients[cell]!;
      this.masked[at]! += masked[cell]!;
    }
  }

  #grow(): void {
    const length = 2 * this.destinations.length;
    const { destinations, patients, masked } = this;
    this.destinations = new Int32Array(length);
    this.destinations.set(destinations);
    this.patients = new Float64Array(length);
    this.patients.set(patients);
    this.masked = new Float64Array(length);
    this.masked.set(masked);
  }
}

/** Of a row, the cells that its ranks point to, with the ranks that then do. */
export function cellsRanked(
  row: FlowGroup,
  ranks: RowRanks,
): { cells: FlowGroup; ranks: RowRanks } {
  const kept = [...new Set(ranks.firsts)].filter((position) => position > 0);
  const column = <T extends Int32Array | Float64Array>(values: T) =>
    kept.map((position) => values[position - 1]!);
  return {
    cells: {
      count: kept.length,
      destinations: Int32Array.from(column(row.destinations)),
      patients: Float64Array.from(column(row.patients)),
      masked: Float64Array.from(column(row.masked)),
    },
    ranks: { ...ranks, firsts: ranks.firsts.map((position) => kept.indexOf(position) + 1) },
  };
}
