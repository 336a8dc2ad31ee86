import type { FlowImportReport } from '../../contracts/flow-imports.ts';
import type { Change, Landing, Landings } from './landings.ts';
import type { SpecialtyName } from './specialties.ts';

/** Rejected lines that are told one by one, a dozen megabytes of them; all are counted. */
const MOST_REJECTIONS = 100_000;
/** The same of codes that changed: those of most rows. */
const MOST_CHANGES = 1000;

interface Sums {
  read: number;
  outside: number;
  rejected: number;
}

/** Counts what becomes of the rows of one file, as they are read. */
export class ImportTally {
  readonly rows: Sums = { read: 0, outside: 0, rejected: 0 };
  readonly patients: Sums = { read: 0, outside: 0, rejected: 0 };
  readonly masked: Sums = { read: 0, outside: 0, rejected: 0 };
  readonly crossing = { rows: 0, patients: 0 };
  /** rows kept whose residents live in the loaded territory */
  originsKnown = 0;
  #changedRows = 0;
  readonly #byKind = { repaired: 0, arrondissement: 0, moved: 0, split: 0 };
  readonly #rejections: { line: number; reason: string }[] = [];

  reject(line: number, reason: string, patients: number, masked: number): void {
    this.rows.rejected += 1;
    this.patients.rejected += patients;
    this.masked.rejected += masked;
    if (this.#rejections.length < MOST_REJECTIONS) this.#rejections.push({ line, reason });
  }

  /** A kept row whose codes were counted elsewhere than written. */
  changed(origin: Landing, destination: Landing): void {
    this.#changedRows += 1;
    for (const change of origin.changes) this.#count(change);
    for (const change of destination.changes) this.#count(change);
  }

  #count(change: Change): void {
    change.rows += 1;
    this.#byKind[change.kind] += 1;
  }

  report(
    file: { name: string; separator: string; encoding: string },
    { changes, undated }: Pick<Landings, 'changes' | 'undated'>,
    specialties: (SpecialtyName & { patients: number; masked: number })[],
  ): FlowImportReport {
    return {
      file: file.name,
      separator: file.separator,
      encoding: file.encoding,
      rows: balance(this.rows),
      patients: balance(this.patients),
      masked: balance(this.masked),
      crossing: { rows: this.crossing.rows, patients: Math.round(this.crossing.patients) },
      changedRows: this.#changedRows,
      changedByKind: { ...this.#byKind },
      changes: changes.slice(0, MOST_CHANGES).map((change) => ({ ...change })),
      ...(undated.length > 0 ? { undated } : {}),
      rejections: this.#rejections,
      specialties: specialties.map((specialty) => ({ ...specialty })),
    };
  }
}

/** Only what a split leaves outside is fractional: rounded, what is kept makes up the rest. */
function balance({ read, outside, rejected }: Sums) {
  const left = Math.round(outside);
  return { read, kept: read - rejected - left, outside: left, rejected };
}
