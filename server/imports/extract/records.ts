import { DomainError } from '../../errors.ts';

const QUOTE = 0x22;
/** No byte. */
const NEVER = -1;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
/** A table wider than this is not an extract. */
const MAX_FIELDS = 4096;

/** Longest line that is read, bytes: what is longer is not a table, and must not fill the memory. */
export const LONGEST_LINE = 1 << 20;

/**
 * Finds the fields of one record after another in a buffer, without making a string of any: an
 * extract has millions of rows and most of its cells repeat. A field is `starts[f]` to `ends[f]` in
 * the buffer last given, without its quotes and the spaces around it.
 */
export class RecordScanner {
  readonly starts = new Int32Array(MAX_FIELDS);
  readonly ends = new Int32Array(MAX_FIELDS);
  /** 1 where quotes are doubled inside the field */
  readonly doubled = new Uint8Array(MAX_FIELDS);
  /** fields of the record */
  count = 0;
  /** line of the file the record starts on */
  line = 0;
  readonly #separator: number;
  readonly #file: string;
  readonly #quote: number;
  #nextLine: number;

  /** `quotes` false takes them as any other character: registers do not close those of names. */
  constructor(separator: string, file: string, firstLine: number, quotes = true) {
    this.#separator = separator.charCodeAt(0);
    this.#file = file;
    this.#quote = quotes ? QUOTE : NEVER;
    this.#nextLine = firstLine;
  }

  /**
   * Reads the record at `from`. Answers where the next one starts, or -1 when the record does not
   * end before `end` and more is to come (`last` false).
   */
  next(buffer: Buffer, from: number, end: number, last: boolean): number {
    const separator = this.#separator;
    this.line = this.#nextLine;
    let lines = 0;
    let at = from;
    let field = 0;
    for (;;) {
      while (at < end && buffer[at] === SPACE) at += 1;
      let start = at;
      let stop: number;
      let doubled = 0;
      if (at < end && buffer[at] === this.#quote) {
        start = at + 1;
        at = start;
        for (;;) {
          const quote = buffer.indexOf(QUOTE, at);
          if (quote < 0 || quote >= end) {
            if (last) throw this.#openQuote();
            return -1;
          }
          if (quote + 1 === end && !last) return -1;
          at = quote + 1;
          if (at >= end || buffer[at] !== QUOTE) break;
          doubled = 1;
          at += 1;
        }
        stop = at - 1;
        for (let i = start; i < stop; i++) if (buffer[i] === LINE_FEED) lines += 1;
        while (at < end && buffer[at] !== separator && buffer[at] !== LINE_FEED) at += 1;
      } else {
        while (at < end) {
          const byte = buffer[at];
          if (byte === separator || byte === LINE_FEED) break;
          at += 1;
        }
        stop = at;
        while (stop > start && (buffer[stop - 1] === SPACE || buffer[stop - 1] === RETURN)) stop--;
      }
      if (at >= end && !last) return -1;
      if (field === MAX_FIELDS) throw this.#tooWide();
      this.starts[field] = start;
      this.ends[field] = stop;
      this.doubled[field] = doubled;
      field += 1;
      if (at >= end || buffer[at] === LINE_FEED) break;
      at += 1;
    }
    this.count = field;
    this.#nextLine += lines + 1;
    return Math.min(at + 1, end);
  }

  /** Whether nothing is written in any field, as in the lines below a spreadsheet's table. */
  get blank(): boolean {
    for (let f = 0; f < this.count; f++) if (this.starts[f] !== this.ends[f]) return false;
    return true;
  }

  #openQuote(): DomainError {
    return new DomainError(
      'unreadable_file',
      `Dans « ${this.#file} », ligne ${this.line}, un guillemet est ouvert et jamais fermé : corrigez cette ligne, puis recommencez.`,
      { file: this.#file, line: this.line },
    );
  }

  #tooWide(): DomainError {
    return new DomainError(
      'unreadable_file',
      `Dans « ${this.#file} », la ligne ${this.line} a plus de ${MAX_FIELDS} colonnes : un tableau était attendu, choisissez un autre fichier.`,
      { file: this.#file, line: this.line },
    );
  }
}

/** What to say of a line that cannot be one of a table. */
export function lineTooLong(file: string, line: number): DomainError {
  return new DomainError(
    'line_too_long',
    `Dans « ${file} », la ligne ${line} dépasse ${LONGEST_LINE / 1024 / 1024} Mo (guillemet non fermé, ou fins de ligne perdues ?) : un tableau d’une observation par ligne était attendu, corrigez le fichier.`,
    { file, line },
  );
}
