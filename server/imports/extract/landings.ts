import { communeOfArrondissement, repairCode } from '../commune-code.ts';
import { type CodeYears, followPassages, mayBeMore } from '../follow-passages.ts';
import type { Passages } from '../passages.ts';
import { departmentOf } from '../regions.ts';

/** How a code of the file differs from where its patients are counted. */
type ChangeKind = 'repaired' | 'arrondissement' | 'moved' | 'split';

export interface Change {
  kind: ChangeKind;
  /** as written in the file */
  from: string;
  /** codes, with their shares where there are several */
  to: string;
  /** rows of the file */
  rows: number;
}

/** Where the patients of one code of the file are counted. */
export interface Landing {
  /** index of each commune in {@link Landings.codes} */
  places: number[];
  /** shares of the patients, summing to 1 */
  ratios: number[];
  /** whether each commune is loaded */
  inside: boolean[];
  changes: Change[];
}

/** What {@link Landings.whole} answers of a code that takes {@link Landings.scan}. */
export const NOT_WHOLE = -1;

/** Shares of a split that sum to nearly 1: the table rounds them, nothing went elsewhere. */
const ROUNDING = 1e-3;

/** Codes of every commune there is, with the one that each is part of where it is none itself. */
export type OfficialCodes = ReadonlyMap<string, string | null>;

/**
 * Codes of a file → communes of the loaded vintage, each code worked out once. With the official
 * codes, read when they are first needed, one that is of no commune, in a department of which
 * communes are loaded, lands nowhere; of the others no reader can say that they are wrong.
 */
export class Landings {
  readonly #known: ReadonlySet<string>;
  readonly #passages: Passages;
  readonly #years: CodeYears;
  readonly #official: (() => OfficialCodes) | null;
  readonly #departments: ReadonlySet<string>;
  /** by the number that five digits make */
  readonly #plain: (Landing | null | undefined)[] = new Array(100_000).fill(undefined);
  /** what {@link whole} answers, by the same; read a row at a time, it stays in the cache */
  readonly #whole = new Int32Array(100_000).fill(NOT_WHOLE);
  readonly #written = new Map<string, Landing | null>();
  readonly #indexes = new Map<string, number>();
  readonly #codes: string[] = [];
  readonly #changes: Change[] = [];
  readonly #undated = new Set<string>();

  constructor(
    known: ReadonlySet<string>,
    passages: Passages,
    years: CodeYears = { since: null, until: null },
    official: (() => OfficialCodes) | null = null,
  ) {
    this.#known = known;
    this.#passages = passages;
    this.#years = years;
    this.#official = official;
    this.#departments = new Set(official === null ? [] : [...known].map(departmentOf));
  }

  /** Every commune that a code landed on, in the order they were met. */
  get codes(): readonly string[] {
    return this.#codes;
  }

  /** Codes that were counted elsewhere than written, those of most rows first. */
  get changes(): Change[] {
    return this.#changes
      .filter(({ rows }) => rows > 0)
      .sort((a, b) => b.rows - a.rows || (a.from < b.from ? -1 : 1));
  }

  /**
   * Of a code that five digits write and whose patients all count there, as nearly every field: twice
   * the index of its commune, and 1 more where it is loaded. NOT_WHOLE of the others, and of every
   * code until `scan` was given it.
   */
  whole(buffer: Buffer, start: number, end: number): number {
    if (end - start !== 5) return NOT_WHOLE;
    const digits = fiveDigits(buffer, start);
    return digits < 0 ? NOT_WHOLE : this.#whole[digits]!;
  }

  /** Codes taken as they are for want of a year, though their commune changed under the same code. */
  get undated(): string[] {
    return [...this.#undated].sort();
  }

  /** Null when the field is not the code of a commune, as far as it can be told. */
  scan(buffer: Buffer, start: number, end: number): Landing | null {
    if (end - start === 5) {
      const digits = fiveDigits(buffer, start);
      if (digits >= 0) {
        const known = this.#plain[digits];
        if (known !== undefined) return known;
        const landing = this.#land(String(digits).padStart(5, '0'));
        this.#plain[digits] = landing;
        if (landing?.places.length === 1 && landing.changes.length === 0) {
          this.#whole[digits] = 2 * landing.places[0]! + (landing.inside[0] === true ? 1 : 0);
        }
        return landing;
      }
    }
    // A code is short: what is longer is no code, and is not worth remembering.
    if (end - start > 16) return null;
    return this.of(buffer.toString('latin1', start, end));
  }

  of(written: string): Landing | null {
    let landing = this.#written.get(written);
    if (landing === undefined) {
      landing = this.#land(written);
      if (landing !== null || this.#written.size < 100_000) this.#written.set(written, landing);
    }
    return landing;
  }

  #land(written: string): Landing | null {
    const repaired = repairCode(written);
    if (repaired === null) return null;
    const { code } = repaired;
    const changes: Change[] = [];
    if (repaired.remark !== null)
      changes.push({ kind: 'repaired', from: written, to: code, rows: 0 });

    const today = this.#today(code);
    if (today === null) return null;
    const shares = this.#followed(today);
    if (shares.length > 1 || shares[0]?.code !== code) {
      const [only] = shares;
      const kind =
        shares.length > 1
          ? 'split'
          : communeOfArrondissement(code) === only?.code
            ? 'arrondissement'
            : 'moved';
      changes.push({ kind, from: code, to: described(shares), rows: 0 });
    }
    this.#changes.push(...changes);
    return {
      places: shares.map((share) => this.#indexOf(share.code)),
      ratios: shares.map(({ ratio }) => ratio),
      inside: shares.map(({ inside }) => inside),
      changes,
    };
  }

  /** The code to follow: a commune that is part of a loaded one is that one; null where there is none. */
  #today(code: string): string | null {
    const { forward, backward } = this.#passages;
    const listed = this.#known.has(code) || forward.has(code) || backward.has(code);
    const here = this.#official !== null && this.#departments.has(departmentOf(code));
    if (listed || !here || communeOfArrondissement(code) !== null) return code;
    const partOf = this.#official?.().get(code);
    if (partOf === undefined) return null;
    return partOf !== null && this.#known.has(partOf) ? partOf : code;
  }

  /** Loaded communes first; the shares sum to 1. */
  #followed(code: string): { code: string; ratio: number; inside: boolean }[] {
    const { since, until } = this.#years;
    if (since === null && this.#known.has(code) && mayBeMore(this.#passages, code, until)) {
      this.#undated.add(code);
    }
    const shares = followPassages(this.#passages, this.#known, code, this.#years)
      .map((share) => ({ ...share, inside: this.#known.has(share.code) }))
      .sort((a, b) => Number(b.inside) - Number(a.inside));
    const sum = shares.reduce((total, { ratio }) => total + ratio, 0);
    if (sum < 1 - ROUNDING) {
      // The table does not say where the rest went.
      shares.push({ code, ratio: 1 - sum, inside: false });
    } else for (const share of shares) share.ratio /= sum;
    return shares;
  }

  #indexOf(code: string): number {
    const known = this.#indexes.get(code);
    if (known !== undefined) return known;
    const index = this.#codes.push(code) - 1;
    this.#indexes.set(code, index);
    return index;
  }
}

/** The number that five digits make, -1 where one is none. */
function fiveDigits(buffer: Buffer, start: number): number {
  let number = 0;
  for (let i = start; i < start + 5; i++) {
    const digit = buffer[i]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function described(shares: { code: string; ratio: number }[]): string {
  if (shares.length === 1) return shares[0]?.code ?? '';
  return shares.map(({ code, ratio }) => `${code} (${Math.round(ratio * 100)} %)`).join(', ');
}
