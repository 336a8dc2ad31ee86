import type { FlowGroup } from './flow-sorter.ts';
import type { RowRanks } from './row-ranks.ts';

/**
 * A row of the matrix that is added up as its cells come, each destination once: a sparse set
 * (P. Briggs and L. Torczon, « An efficient representation for sparse sets », ACM LOPLAS 2, 1993),
 * which neither sorts nor has to be swept between rows.
 */
export class RowSum implements FlowGroup {
  count = 0;
  destinations = new Int32Array(64);
  patients = new Float64Array(64);
  masked = new Float64Array(64);
  /** by commune, where it is in the row if it is there */
  #at = new Int32Array(64);

  clear(): void {
    this.count = 0;
  }

  add(destination: number, patients: number, masked: number): void {
    if (destination >= this.#at.length) this.#at = longer(this.#at, 2 * destination);
    const at = this.#at[destination]!;
    if (at < this.count && this.destinations[at] === destination) {
      this.patients[at]! += patients;
      this.masked[at]! += masked;
      return;
    }
    const end = this.count++;
    if (end === this.destinations.length) this.#grow();
    this.#at[destination] = end;
    this.destinations[end] = destination;
    this.patients[end] = patients;
    this.masked[end] = masked;
  }

  addRow({ count, destinations, patients, masked }: FlowGroup): void {
    for (let cell = 0; cell < count; cell++) {
      this.add(destinations[cell]!, patients[cell]!, masked[cell]!);
    }
  }

  #grow(): void {
    const length = 2 * this.destinations.length;
    this.destinations = longer(this.destinations, length);
    this.patients = longer(this.patients, length);
    this.masked = longer(this.masked, length);
  }
}

function longer<T extends Int32Array | Float64Array>(values: T, length: number): T {
  const longer = new (values.constructor as new (length: number) => T)(length);
  longer.set(values);
  return longer;
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
