import { DomainError } from '../../errors.ts';
import { type SpecialtyName, specialtyNamed } from './specialties.ts';

/** More specialties than any nomenclature has: the column holds something else. */
const MOST = 500;

/** What {@link SpecialtyList.scan} answers of a field it does not know. */
export const NOT_MET = -2;
/** A power of two. */
const SLOTS = 1 << 10;

/** The specialties met in a file, numbered from 0 as they come, with what is kept of each. */
export class SpecialtyList {
  readonly #file: string;
  readonly #chosen: Readonly<Record<string, string>>;
  readonly #names: SpecialtyName[] = [];
  readonly #patients = new Float64Array(MOST);
  readonly #masked = new Float64Array(MOST);
  readonly #byKey = new Map<string, number>();
  /** by the bytes of the field: one specialty may be written in several ways */
  readonly #written = new Map<string, number>();
  /** the same without a string: of the fields of one slot, the last one met */
  readonly #slots: ({ bytes: Buffer; number: number } | undefined)[] = new Array(SLOTS).fill(
    undefined,
  );

  constructor(file: string, chosen: Readonly<Record<string, string>> = {}) {
    this.#file = file;
    this.#chosen = chosen;
  }

  /** Number of the specialty a field names, -1 when it names none; NOT_MET sends it to `meet`. */
  scan(buffer: Buffer, start: number, end: number): number {
    const slot = this.#slots[slotOf(buffer, start, end)];
    return slot !== undefined && isWritten(slot.bytes, buffer, start, end) ? slot.number : NOT_MET;
  }

  /** The same of a field that `scan` does not know, and that reads `text`. */
  meet(buffer: Buffer, start: number, end: number, text: string): number {
    const written = buffer.toString('latin1', start, end);
    let number = this.#written.get(written);
    if (number === undefined) {
      number = this.#number(text);
      if (this.#written.size > 10 * MOST) this.#written.clear();
      this.#written.set(written, number);
    }
    const bytes = Buffer.from(buffer.subarray(start, end));
    this.#slots[slotOf(buffer, start, end)] = { bytes, number };
    return number;
  }

  /** @throws DomainError `invalid_mapping` when a column of the wide form has no name */
  ofColumn(name: string): number {
    const number = this.#number(name);
    if (number >= 0) return number;
    throw new DomainError(
      'invalid_mapping',
      `Dans « ${this.#file} », la colonne « ${name} » ne nomme aucune spécialité : donnez-lui un nom dans l’en-tête.`,
      { file: this.#file, column: name },
    );
  }

  count(number: number, patients: number, masked: number): void {
    this.#patients[number]! += patients;
    this.#masked[number]! += masked;
  }

  all(): (SpecialtyName & { patients: number; masked: number })[] {
    return this.#names.map((name, i) => ({
      ...name,
      patients: this.#patients[i]!,
      masked: this.#masked[i]!,
    }));
  }

  #number(text: string): number {
    const name = specialtyNamed(text, this.#chosen);
    if (name === null) return -1;
    const known = this.#byKey.get(name.key);
    if (known !== undefined) return known;
    if (this.#names.length === MOST) {
      throw new DomainError(
        'invalid_mapping',
        `Le fichier « ${this.#file} » a plus de ${MOST} spécialités différentes (« ${name.label} »…) : une autre colonne est sans doute celle des spécialités, dites laquelle.`,
        { file: this.#file },
      );
    }
    this.#names.push(name);
    this.#byKey.set(name.key, this.#names.length - 1);
    return this.#names.length - 1;
  }
}

/** Of three bytes and the length a number below SLOTS, by which most of a few names differ. */
function slotOf(buffer: Buffer, start: number, end: number): number {
  const length = end - start;
  if (length === 0) return 0;
  const bytes = (31 * buffer[start]! + buffer[start + (length >> 1)]!) * 31 + buffer[end - 1]!;
  return (31 * bytes + length) & (SLOTS - 1);
}

function isWritten(bytes: Buffer, buffer: Buffer, start: number, end: number): boolean {
  if (bytes.length !== end - start) return false;
  for (let i = 0; i < bytes.length; i++) if (buffer[start + i] !== bytes[i]) return false;
  return true;
}
