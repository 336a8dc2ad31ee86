import type { Remark, SupplyRow } from './rows.ts';

/** Sums counts by commune and profession, and keeps the remarks of one file in order. */
export class SupplyTally {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #repaired = new Map<string, Remark>();
  readonly #notes: Remark[] = [];
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  add(unit: string, profession: string, count: number): void {
    if (count === 0) return;
    let counts = this.#counts.get(unit);
    if (counts === undefined) {
      counts = new Map();
      this.#counts.set(unit, counts);
    }
    counts.set(profession, (counts.get(profession) ?? 0) + count);
  }

  note(message: string): void {
    this.#notes.push({ kind: 'note', message, where: this.#file });
  }

  /** Once a code, however many lines hold it. */
  repaired(code: string, remark: Remark): void {
    this.#repaired.set(code, remark);
  }

  /** Rows by commune code; a commune or profession that counts none is absent. */
  result(): { rows: SupplyRow[]; remarks: Remark[] } {
    const rows = [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([unit, counts]) =>
        [...counts].map(([profession, count]) => ({ unit, profession, count })),
      );
    return { rows, remarks: [...this.#notes, ...this.#repaired.values()] };
  }
}
