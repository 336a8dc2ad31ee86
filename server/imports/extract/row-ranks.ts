import type { FlowGroup } from './flow-sorter.ts';
import type { Inflow } from './place-inflows.ts';

/** What a masked cell, of 1 to 10 patients, may count as. */
const COUNTS = [0, 5, 10] as const;
const FIRST = 3;
/** Where {@link RowRanks.firsts} has the commune itself. */
const OWN = COUNTS.length * FIRST;

const none = new Float64Array();

/** Nearly every flow is below. */
const KNOWN_LOGS = 1 << 12;
/** v ln v of whole patients. */
const logs = Float64Array.from({ length: KNOWN_LOGS }, (_, v) => (v > 0 ? v * Math.log(v) : 0));

/** What is kept with a row of the matrix, so that no analysis has to look for it again. */
export interface RowRanks {
  /**
   * For each count of a masked cell (0, 5, 10) its first three destinations, then the commune
   * itself: positions in the row, from 1; 0 where there is none.
   */
  firsts: Int32Array;
  /** known patients, masked cells, then Σ v ln v for each count */
  sums: Float64Array;
  /** bits 1, 2, 4: at that count, masking could change the first destination */
  shaky: number;
}

/**
 * Ranks the destinations of rows: by patients in millionths, then by total inflow, then by code, as
 * `pole-ranks.ts` of the repositories does in SQL, and finds where masking could change the first
 * one, as `pole-fragility.ts` proves: some other with its masked cells at 10 passes before it with
 * its own at 1.
 */
export class RowRanker {
  readonly #ranks: RowRanks = {
    firsts: new Int32Array(OWN + 1),
    sums: new Float64Array(2 + COUNTS.length),
    shaky: 0,
  };
  /** position of each commune in the order of codes */
  readonly #byCode: Int32Array;
  /** the row under way, and what places receive */
  #row: FlowGroup = { count: 0, destinations: new Int32Array(), patients: none, masked: none };
  #inflow: Inflow = { patients: none, masked: none };
  /** whether that row had a tie to settle */
  #tied = false;

  /** `codes` of the communes, by the index that rows name them with. */
  constructor(codes: readonly string[]) {
    const order = [...codes.keys()].sort((a, b) => (codes[a]! < codes[b]! ? -1 : 1));
    this.#byCode = new Int32Array(codes.length);
    for (const [at, index] of order.entries()) this.#byCode[index] = at;
  }

  /** Answers the same object each time. */
  rank(origin: number, row: FlowGroup, inflow: Inflow): RowRanks {
    this.#row = row;
    this.#inflow = inflow;
    const { firsts, sums } = this.#ranks;
    const { count, destinations, patients, masked } = row;
    firsts.fill(0);
    sums.fill(0);
    for (let at = 0; at < count; at++) {
      const known = patients[at]!;
      const cells = masked[at]!;
      sums[0]! += known;
      sums[1]! += cells;
      if (destinations[at] === origin) firsts[OWN] = at + 1;
      // Most cells are not masked, and add the same to all.
      const logarithm = cells === 0 ? vLogV(known) : 0;
      for (let choice = 0; choice < COUNTS.length; choice++) {
        sums[2 + choice]! += cells === 0 ? logarithm : vLogV(known + COUNTS[choice]! * cells);
      }
    }
    this.#ranks.shaky = 0;
    this.#tied = false;
    this.#rankAt(0, row);
    if (sums[1] === 0 && !this.#tied) {
      // Neither its own masked cells nor those of others, in what settles ties, can tell.
      for (let choice = 1; choice < COUNTS.length; choice++) {
        firsts.copyWithin(FIRST * choice, 0, FIRST);
      }
      return this.#ranks;
    }
    for (let choice = 1; choice < COUNTS.length; choice++) this.#rankAt(choice, row);
    if (sums[1]! > 0) this.#findShaky(row);
    return this.#ranks;
  }

  #rankAt(choice: number, { count, patients, masked }: FlowGroup): void {
    const { firsts } = this.#ranks;
    const each = COUNTS[choice]!;
    let [first, second, third] = [-1, -1, -1];
    // What these count.
    let [most, more, least] = [0, 0, 0];
    for (let at = 0; at < count; at++) {
      const value = patients[at]! + each * masked[at]!;
      const counted = millionths(value);
      // Nearly every cell of a long row is under its third: that is looked at before anything else.
      if (counted < least || value <= 0) continue;
      if (!this.#passes(at, counted, third, least, each)) continue;
      if (!this.#passes(at, counted, second, more, each)) {
        [third, least] = [at, counted];
        continue;
      }
      [third, least] = [second, more];
      if (this.#passes(at, counted, first, most, each)) {
        [second, more] = [first, most];
        [first, most] = [at, counted];
      } else [second, more] = [at, counted];
    }
    firsts[FIRST * choice] = first + 1;
    firsts[FIRST * choice + 1] = second + 1;
    firsts[FIRST * choice + 2] = third + 1;
  }

  /** Whether a destination of the row, of what it counts, ranks before another; none: -1. */
  #passes(at: number, counted: number, other: number, otherCounted: number, each: number): boolean {
    if (other < 0 || counted !== otherCounted) return other < 0 || counted > otherCounted;
    this.#tied = true;
    const { destinations } = this.#row;
    const [a, b] = [destinations[at]!, destinations[other]!];
    return this.#before(received(this.#inflow, a, each), a, received(this.#inflow, b, each), b);
  }

  /** The two that their masked cells at 10 would lift highest tell nearly all there is to tell. */
  #findShaky(row: FlowGroup): void {
    const { count, patients, masked } = row;
    let [highest, next, at10] = [-1, -1, -1];
    for (let at = 0; at < count; at++) {
      const most = millionths(patients[at]! + 10 * masked[at]!);
      if (most > highest) {
        next = highest;
        highest = most;
        at10 = at;
      } else if (most > next) next = most;
    }
    for (let choice = 0; choice < COUNTS.length; choice++) {
      const first = this.#ranks.firsts[FIRST * choice]! - 1;
      const other = first === at10 ? next : highest;
      const least = first < 0 ? 0 : millionths(patients[first]! + masked[first]!);
      const shaky = first < 0 || other > least || (other === least && this.#passesAt(choice, row));
      if (shaky) this.#ranks.shaky |= 1 << choice;
    }
  }

  /** Whether one that can only reach the first passes before it by what settles ties. */
  #passesAt(choice: number, row: FlowGroup): boolean {
    const { count, destinations, patients, masked } = row;
    const each = COUNTS[choice]!;
    const first = this.#ranks.firsts[FIRST * choice]! - 1;
    const least = millionths(patients[first]! + masked[first]!);
    // What the others send there: it does not move with the commune's own cells.
    const rest = (at: number) => {
      const { patients: known, masked: cells } = this.#inflow;
      const to = destinations[at]!;
      return millionths(known[to]! + each * cells[to]! - (patients[at]! + each * masked[at]!));
    };
    for (let at = 0; at < count; at++) {
      if (at === first || millionths(patients[at]! + 10 * masked[at]!) !== least) continue;
      if (this.#before(rest(at), destinations[at]!, rest(first), destinations[first]!)) return true;
    }
    return false;
  }

  /** The order that settles ties: the greater inflow, then the lower code. */
  #before(inflowA: number, a: number, inflowB: number, b: number): boolean {
    return inflowA === inflowB ? this.#byCode[a]! < this.#byCode[b]! : inflowA > inflowB;
  }
}

/** v ln v, the part of a destination in an entropy; 0 of nobody. */
function vLogV(patients: number): number {
  if (patients < KNOWN_LOGS && Number.isInteger(patients)) return logs[patients]!;
  return patients > 0 ? patients * Math.log(patients) : 0;
}

function received({ patients, masked }: Inflow, place: number, each: number): number {
  return millionths(patients[place]! + each * masked[place]!);
}

/** Patients in millionths: sums of fractions differ in their last bits with their order. */
function millionths(patients: number): number {
  return Math.floor(patients * 1e6 + 0.5);
}
