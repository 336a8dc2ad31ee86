import { repairCode } from '../commune-code.ts';
import { departmentOf } from '../regions.ts';
import type { OnProgress } from '../rows.ts';
import type { ByteSource } from './bytes.ts';
import { cellText, type ExtractHead } from './head.ts';
import { type Landing, type Landings, NOT_WHOLE } from './landings.ts';
import type { ColumnPlan } from './mapping.ts';
import {
  FRACTIONAL,
  MASKED,
  NEGATIVE,
  NOT_SCANNED,
  readPatients,
  scanPatients,
} from './patients.ts';
import { RecordScanner } from './records.ts';
import { scanRecords } from './scan-records.ts';
import { NOT_MET, type SpecialtyList } from './specialty-list.ts';
import type { ImportTally } from './tally.ts';

/** Where flows go as they are read: numbers of specialty and communes, patients, masked cells. */
interface FlowSink {
  add(
    specialty: number,
    origin: number,
    destination: number,
    patients: number,
    masked: number,
  ): void;
}

export interface ExtractReading {
  source: ByteSource;
  head: ExtractHead;
  plan: ColumnPlan;
  landings: Landings;
  specialties: SpecialtyList;
  tally: ImportTally;
  sink: FlowSink;
  onProgress?: OnProgress;
}

/**
 * Reads an extract piece by piece into a sink, and yields after each piece, so that whoever empties
 * the sink sets the pace. Memory holds one piece, one line and the distinct codes and specialties.
 *
 * @throws DomainError `line_too_long`, `truncated_file`, `unreadable_file`, `invalid_mapping`
 */
export async function* readExtract(reading: ExtractReading): AsyncGenerator<void> {
  const { source, head } = reading;
  const scanner = new RecordScanner(head.separator, source.name, head.line);
  const reader = new RowReader(reading, scanner);
  const take = (buffer: Buffer) => reader.row(buffer);
  yield* scanRecords(source, head, scanner, take, reading.onProgress);
}

class RowReader {
  readonly #reading: ExtractReading;
  readonly #scanner: RecordScanner;
  /** patients and specialty of each value of the row under way */
  readonly #values: Float64Array;
  readonly #wide: Int32Array;
  readonly #fields: number;

  constructor(reading: ExtractReading, scanner: RecordScanner) {
    this.#reading = reading;
    this.#scanner = scanner;
    this.#fields = reading.head.columns.length;
    const { patients, specialty } = reading.plan;
    this.#values = new Float64Array(patients.length);
    this.#wide = Int32Array.from(
      specialty === null ? patients.map(({ name }) => reading.specialties.ofColumn(name)) : [],
    );
  }

  row(buffer: Buffer): void {
    const { plan, landings, tally } = this.#reading;
    const { starts, ends, count } = this.#scanner;
    tally.rows.read += 1;
    if (count !== this.#fields && !this.#onlyBlanksMore()) {
      const expected = `${this.#fields} colonnes étaient attendues`;
      this.#reject(`${expected}, ${count} ${count > 1 ? 'ont été lues' : 'a été lue'}`, 0, 0);
      return;
    }
    let patients = 0;
    let masked = 0;
    let wrong: string | null = null;
    for (let v = 0; v < plan.patients.length; v++) {
      const column = plan.patients[v]?.column ?? 0;
      const value = this.#value(buffer, column);
      this.#values[v] = value;
      if (value >= 0) patients += value;
      else if (value === MASKED) masked += 1;
      else wrong ??= this.#wrongCount(buffer, column, value);
    }
    tally.patients.read += patients;
    tally.masked.read += masked;
    if (wrong !== null) {
      this.#reject(wrong, patients, masked);
      return;
    }

    const o = plan.origin;
    const d = plan.destination;
    if (plan.specialty !== null) {
      const from = landings.whole(buffer, starts[o]!, ends[o]!);
      const to = landings.whole(buffer, starts[d]!, ends[d]!);
      // Nearly every row: one value of one commune in another, whole.
      if (from !== NOT_WHOLE && to !== NOT_WHOLE) {
        const specialty = this.#specialty(buffer, plan.specialty);
        if (specialty < 0) this.#reject('la spécialité manque', patients, masked);
        else this.#keepWhole(from, to, specialty, patients, masked);
        return;
      }
    }
    const origin = landings.scan(buffer, starts[o]!, ends[o]!);
    const destination = landings.scan(buffer, starts[d]!, ends[d]!);
    if (origin === null || destination === null) {
      const column = origin === null ? plan.origin : plan.destination;
      this.#reject(this.#wrongCode(buffer, column), patients, masked);
      return;
    }
    let specialty = -1;
    if (plan.specialty !== null) {
      specialty = this.#specialty(buffer, plan.specialty);
      if (specialty < 0) {
        this.#reject('la spécialité manque', patients, masked);
        return;
      }
    }
    this.#keep(origin, destination, specialty, patients, masked);
  }

  /** Number of the specialty that a row names, -1 when it names none. */
  #specialty(buffer: Buffer, column: number): number {
    const { specialties } = this.#reading;
    const start = this.#scanner.starts[column]!;
    const end = this.#scanner.ends[column]!;
    const number = specialties.scan(buffer, start, end);
    if (number !== NOT_MET) return number;
    return specialties.meet(buffer, start, end, this.#text(buffer, column));
  }

  /** The same as `#keep`, of codes as `Landings.whole` tells them. */
  #keepWhole(from: number, to: number, specialty: number, patients: number, masked: number): void {
    const { tally, specialties, sink } = this.#reading;
    const fromInside = from & 1;
    const toInside = to & 1;
    if ((fromInside | toInside) === 0) {
      tally.rows.outside += 1;
      tally.patients.outside += patients;
      tally.masked.outside += masked;
      return;
    }
    if (patients + masked > 0) {
      specialties.count(specialty, patients, masked);
      sink.add(specialty, from >> 1, to >> 1, patients, masked);
    }
    tally.originsKnown += fromInside;
    if ((fromInside & toInside) === 0) {
      tally.crossing.rows += 1;
      tally.crossing.patients += patients;
    }
  }

  #keep(
    origin: Landing,
    destination: Landing,
    specialty: number,
    patients: number,
    masked: number,
  ): void {
    const { tally, specialties, sink } = this.#reading;
    let kept = 0;
    let crossing = 0;
    for (let o = 0; o < origin.places.length; o++) {
      for (let d = 0; d < destination.places.length; d++) {
        const fromInside = origin.inside[o] === true;
        const toInside = destination.inside[d] === true;
        if (!fromInside && !toInside) continue;
        const ratio = (origin.ratios[o] ?? 0) * (destination.ratios[d] ?? 0);
        kept += ratio;
        if (!fromInside || !toInside) crossing += ratio;
        for (let v = 0; v < this.#values.length; v++) {
          const value = this.#values[v] ?? 0;
          // No patient and nothing masked: a flow that is absent says the same.
          if (value === 0) continue;
          const s = specialty < 0 ? (this.#wide[v] ?? 0) : specialty;
          const whole = value > 0 ? value * ratio : 0;
          const hidden = value > 0 ? 0 : ratio;
          specialties.count(s, whole, hidden);
          sink.add(s, origin.places[o] ?? 0, destination.places[d] ?? 0, whole, hidden);
        }
      }
    }
    if (kept === 0) {
      tally.rows.outside += 1;
      tally.patients.outside += patients;
      tally.masked.outside += masked;
      return;
    }
    if (origin.changes.length + destination.changes.length > 0) tally.changed(origin, destination);
    if (origin.inside[0] === true) tally.originsKnown += 1;
    if (crossing > 0) {
      tally.crossing.rows += 1;
      tally.crossing.patients += crossing * patients;
    }
    if (origin.places.length * destination.places.length > 1) {
      const left = Math.max(0, 1 - kept);
      tally.patients.outside += left * patients;
      tally.masked.outside += left * masked;
    }
  }

  #value(buffer: Buffer, column: number): number {
    const { starts, ends } = this.#scanner;
    const value = scanPatients(buffer, starts[column]!, ends[column]!);
    return value === NOT_SCANNED ? readPatients(this.#text(buffer, column)) : value;
  }

  /** Why the row is rejected. */
  #wrongCount(buffer: Buffer, column: number, sign: number): string {
    const read = this.#read(buffer, column);
    if (sign === NEGATIVE) return `${read} est un nombre de patients négatif`;
    if (sign === FRACTIONAL) return `${read} est un nombre de patients non entier`;
    return `${read} n’est pas un nombre de patients`;
  }

  #wrongCode(buffer: Buffer, column: number): string {
    const read = this.#read(buffer, column);
    const repaired = repairCode(this.#text(buffer, column));
    if (repaired === null) return `${read} n’est pas le code d’une commune`;
    return `${read} n’est le code d’aucune commune connue du département ${departmentOf(repaired.code)}`;
  }

  #reject(reason: string, patients: number, masked: number): void {
    this.#reading.tally.reject(this.#scanner.line, reason, patients, masked);
  }

  /** Exports like to end their lines with separators. */
  #onlyBlanksMore(): boolean {
    const { starts, ends, count } = this.#scanner;
    if (count < this.#fields) return false;
    for (let f = this.#fields; f < count; f++) if (starts[f] !== ends[f]) return false;
    return true;
  }

  #text(buffer: Buffer, column: number): string {
    return cellText(this.#scanner, buffer, column);
  }

  /** What a column holds, to open a reason with. */
  #read(buffer: Buffer, column: number): string {
    const text = this.#text(buffer, column);
    const excerpt = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    const name = this.#reading.head.columns[column] ?? String(column + 1);
    return `dans la colonne ${name}, « ${excerpt} »`;
  }
}
