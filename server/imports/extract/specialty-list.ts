import { DomainError } from '../../errors.ts';
import { type SpecialtyName, specialtyNamed } from './specialties.ts';

/** More specialties than any nomenclature has: the column holds something else. */
const MOST = 500;

/** The specialties met in a file, numbered from 0 as they come, with what is kept of each. */
export class SpecialtyList {
  readonly #file: string;
  readonly #chosen: Readonly<Record<string, string>>;
  readonly #names: SpecialtyName[] = [];
  readonly #patients: number[] = [];
  readonly #masked: number[] = [];
  readonly #byKey = new Map<string, number>();
  /** by the bytes of the field: one specialty may be written in several ways */
  readonly #written = new Map<string, number>();
  /** bytes of the field before: neighbouring rows mostly name the same one */
  #last = Buffer.alloc(0);
  #lastNumber = -1;

  constructor(file: string, chosen: Readonly<Record<string, string>> = {}) {
    this.#file = file;
    this.#chosen = chosen;
  }

  /** Number of the specialty a field names, -1 when it names none. */
  scan(buffer: Buffer, start: number, end: number, text: () => string): number {
    if (this.#isLast(buffer, start, end)) return this.#lastNumber;
    const written = buffer.toString('latin1', start, end);
    let number = this.#written.get(written);
    if (number === undefined) {
      number = this.#number(text());
      if (this.#written.size > 10 * MOST) this.#written.clear();
      this.#written.set(written, number);
    }
    this.#last = Buffer.from(buffer.subarray(start, end));
    this.#lastNumber = number;
    return number;
  }

  #isLast(buffer: Buffer, start: number, end: number): boolean {
    const last = this.#last;
    if (last.length !== end - start || last.length === 0) return false;
    for (let i = 0; i < last.length; i++) if (buffer[start + i] !== last[i]) return false;
    return true;
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
    this.#patients[number] = (this.#patients[number] ?? 0) + patients;
    this.#masked[number] = (this.#masked[number] ?? 0) + masked;
  }

  all(): (SpecialtyName & { patients: number; masked: number })[] {
    return this.#names.map((name, i) => ({
      ...name,
      patients: this.#patients[i] ?? 0,
      masked: this.#masked[i] ?? 0,
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
