import { communeOfArrondissement } from './commune-code.ts';
import type { Passage, Passages } from './passages.ts';

/** Where a share of a commune is today. */
export interface Share {
  code: string;
  /** 0 to 1; those of one code sum to what the table gives, nearly 1 */
  ratio: number;
}

/** The official geographic codes that a code comes from and goes to; null where nobody says. */
export interface CodeYears {
  /** year of the codes of the file */
  since: number | null;
  /** year of the loaded communes */
  until: number | null;
}

const unsaid: CodeYears = { since: null, until: null };

/**
 * Where the commune `code` is among the loaded communes, shared by population where it was split;
 * empty when none of these is loaded (another region). The rules are those of {@link followPassages}.
 */
export function passTo(
  passages: Passages,
  known: ReadonlySet<string>,
  code: string,
  years: CodeYears = unsaid,
): Share[] {
  return followPassages(passages, known, code, years).filter((share) => known.has(share.code));
}

/**
 * What the commune `code` became, year after year, loaded or not: every passage from the year of the
 * file to that of the loaded communes is followed, also from codes that are still in use, since a
 * commune that lost a part mostly keeps its code. Where the file tells no year, a code in use is
 * taken as it is. What ends on no loaded commune goes on to the first that is, then back to where it
 * came from (loaded communes older than the file); what is left is the last code of the table.
 */
export function followPassages(
  passages: Passages,
  known: ReadonlySet<string>,
  code: string,
  { since, until }: CodeYears = unsaid,
): Share[] {
  if (since === null && known.has(code)) return [{ code, ratio: 1 }];
  const whole = communeOfArrondissement(code);
  if (whole !== null && !known.has(code)) return [{ code: whole, ratio: 1 }];
  const walk = new Walk(passages, known, until);
  walk.follow(code, 1, startOf(passages, code, since, until));
  const shares = [...walk.shares].map(([landed, ratio]) => ({ code: landed, ratio }));
  if (!shares.some((share) => known.has(share.code))) {
    const origin = originOf(passages, known, code);
    if (origin !== null) return [{ code: origin, ratio: 1 }];
  }
  return shares;
}

/** Whether a file without a year may mean more by `code` than the loaded commune: it was split since. */
export function mayBeMore(passages: Passages, code: string, until: number | null): boolean {
  return (passages.forward.get(code) ?? []).some(
    ({ after, year }) => after !== code && year < (until ?? Number.POSITIVE_INFINITY),
  );
}

/** One code on its way through the years. */
class Walk {
  readonly shares = new Map<string, number>();
  readonly #passages: Passages;
  readonly #known: ReadonlySet<string>;
  readonly #until: number | null;

  constructor(passages: Passages, known: ReadonlySet<string>, until: number | null) {
    this.#passages = passages;
    this.#known = known;
    this.#until = until;
  }

  follow(code: string, ratio: number, since: number): void {
    const next = nextOf(this.#passages, code, since);
    const inside = this.#known.has(code);
    const due = next.length > 0 && next[0]!.year < (this.#until ?? Number.POSITIVE_INFINITY);
    // Beyond the year of the loaded communes a code that is none of them goes on: that year may be wrong.
    const on = inside ? due && this.#tookPlace(code, next) : due || this.#leadsIn(next);
    if (!on) {
      this.shares.set(code, (this.shares.get(code) ?? 0) + ratio);
      return;
    }
    for (const { after, ratio: part, year } of next) this.follow(after, ratio * part, year + 1);
  }

  /** Whether the loaded communes, of which `code` is one, are those after these passages. */
  #tookPlace(code: string, next: readonly Passage[]): boolean {
    const year = next[0]!.year;
    if (next.every(({ after }) => after !== code)) {
      // It went, and yet it is loaded: it came back since, or they are older.
      const back = this.#passages.backward.get(code) ?? [];
      return back.some((passage) => passage.year > year);
    }
    return (
      this.#until !== null ||
      this.#leadsIn(
        next.filter(({ after }) => after !== code),
        true,
      )
    );
  }

  /** Whether one of the passages (`each`: every one) ends, at whatever year, on a loaded commune. */
  #leadsIn(next: readonly Passage[], each = false): boolean {
    const leads = ({ after, year }: Passage): boolean =>
      this.#known.has(after) || this.#leadsIn(nextOf(this.#passages, after, year + 1));
    return each ? next.every(leads) : next.some(leads);
  }
}

/** The passages of the first year, from `since` on, in which `code` changes. */
function nextOf(passages: Passages, code: string, since: number): Passage[] {
  const later = passages.forward.get(code)?.filter(({ year }) => year >= since) ?? [];
  return later.filter(({ year }) => year === later[0]!.year);
}

/**
 * The year from which the passages of a code are followed: that of the file, or that in which the
 * code went where it was no longer in use, since files hold codes of older years too. Without a
 * year, that at which the code is in use among the loaded communes, so that it is taken as it is.
 */
function startOf(
  passages: Passages,
  code: string,
  since: number | null,
  until: number | null,
): number {
  const year = since ?? until ?? Number.POSITIVE_INFINITY;
  const before = (passage: Passage) => passage.year < year;
  const went = passages.forward.get(code)?.filter(before).at(-1)?.year;
  if (went === undefined) return year;
  const inUse = passages.backward.get(code)?.some((one) => before(one) && one.year >= went);
  return inUse ? year : went;
}

/** For communes older than the table: the one that gave most of its people to `code`. */
function originOf(passages: Passages, known: ReadonlySet<string>, code: string): string | null {
  const visited = new Set<string>();
  let current = code;
  while (!known.has(current)) {
    visited.add(current);
    const origins = (passages.backward.get(current) ?? []).filter(
      (passage) => !visited.has(passage.before),
    );
    const origin = origins.sort((a, b) => b.year - a.year || b.ratio - a.ratio)[0];
    if (origin === undefined) return null;
    current = origin.before;
  }
  return current;
}
