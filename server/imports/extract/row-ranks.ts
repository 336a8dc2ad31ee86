import type { FlowGroup } from './flow-sorter.ts';
import type { Inflow } from './place-inflows.ts';

/** What a masked cell, of 1 to 10 patients, may count as. */
const COUNTS = [0, 5, 10] as const;
const FIRST = 3;
/** Where {@link RowRanks.firsts} has the commune itself. */
const OWN = COUNTS.length * FIRST;

/** v ln v of one masked cell, at each count. */
const LOGS = COUNTS.map(vLogV);

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
  #patients = new Float64Array(64);

  /** `codes` of the communes, by the index that rows name them with. */
  constructor(codes: readonly string[]) {
    const order = [...codes.keys()].sort((a, b) => (codes[a]! < codes[b]! ? -1 : 1));
    this.#byCode = new Int32Array(codes.length);
    for (const [at, index] of order.entries()) this.#byCode[index] = at;
  }

  /** Answers the same object each time. */
  rank(origin: number, row: FlowGroup, inflow: Inflow): RowRanks {
    const { firsts, sums } = this.#ranks;
    const { count, destinations, patients, masked } = row;
    if (this.#patients.length < count) this.#patients = new Float64Array(2 * count);
    firsts.fill(0);
    sums.fill(0);
    for (let at = 0; at < count; at++) {
      const [known, cells] = [patients[at]!, masked[at]!];
      sums[0]! += known;
      sums[1]! += cells;
      if (destinations[at] === origin) firsts[OWN] = at + 1;
      // Of nine million cells most are known, or are one masked cell: one logarithm, or none.
      const logarithm = known > 0 ? known * Math.log(known) : 0;
      for (let choice = 0; choice < COUNTS.length; choice++) {
        sums[2 + choice]! +=
          cells === 0
            ? logarithm
            : known === 0 && cells === 1
              ? LOGS[choice]!
              : vLogV(known + COUNTS[choice]! * cells);
      }
    }
    this.#ranks.shaky = 0;
    for (let choice = 0; choice < COUNTS.length; choice++) this.#rankAt(choice, row, inflow);
    if (sums[1]! > 0) this.#findShaky(row, inflow);
    return this.#ranks;
  }

  #rankAt(choice: number, { count, destinations, patients, masked }: FlowGroup, inflow: Inflow) {
    const { firsts } = this.#ranks;
    const each = COUNTS[choice]!;
    const value = this.#patients;
    const before = (a: number, b: number) =>
      value[a] === value[b]
        ? this.#before(
            received(inflow, destinations[a]!, each),
            destinations[a]!,
            received(inflow, destinations[b]!, each),
            destinations[b]!,
          )
        : value[a]! > value[b]!;
    let [first, second, third] = [-1, -1, -1];
    // Nearly every cell of a long row is under its third: that is looked at before anything else.
    let least = 0;
    for (let at = 0; at < count; at++) {
      const counted = millionths(patients[at]! + each * masked[at]!);
      if (counted < least || (counted <= 0 && patients[at]! + each * masked[at]! <= 0)) continue;
      value[at] = counted;
      if (third >= 0 && !before(at, third)) continue;
      third = at;
      if (second < 0 || before(third, second)) [second, third] = [third, second];
      if (first < 0 || before(second, first)) [first, second] = [second, first];
      if (third >= 0) least = value[third]!;
    }
    firsts[FIRST * choice] = first + 1;
    firsts[FIRST * choice + 1] = second + 1;
    firsts[FIRST * choice + 2] = third + 1;
  }

  /** The two that their masked cells at 10 would lift highest tell nearly all there is to tell. */
  #findShaky(row: FlowGroup, inflow: Inflow): void {
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
      const shaky =
        first < 0 || other > least || (other === least && this.#passesAt(choice, row, inflow));
      if (shaky) this.#ranks.shaky |= 1 << choice;
    }
  }

  /** Whether one that can only reach the first passes before it by what settles ties. */
  #passesAt(choice: number, row: FlowGroup, inflow: Inflow): boolean {
    const { count, destinations, patients, masked } = row;
    const each = COUNTS[choice]!;
    const first = this.#ranks.firsts[FIRST * choice]! - 1;
    const least = millionths(patients[first]! + masked[first]!);
    // What the others send there: it does not move with the commune's own cells.
    const rest = (at: number) => {
      const { patients: known, masked: cells } = inflow;
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
  return patients > 0 ? patients * Math.log(patients) : 0;
}

function received({ patients, masked }: Inflow, place: number, each: number): number {
  return millionths(patients[place]! + each * masked[place]!);
}

/** Patients in millionths: sums of fractions differ in their last bits with their order. */
function millionths(patients: number): number {
  return Math.floor(patients * 1e6 + 0.5);
}
