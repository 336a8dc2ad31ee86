import { type FlowTable, specialtyOf } from './flow-runs.ts';

/** What places receive of one specialty: known patients and masked cells, by index of commune. */
export interface Inflow {
  patients: Float64Array;
  masked: Float64Array;
}

/** The same of the places that receive something. */
export interface PlacesReceiving extends Inflow {
  /** indexes of communes */
  places: Int32Array;
}

/**
 * Adds up what each place receives, specialty by specialty, as flows are read in any order. Many
 * rows at once: each lands anywhere in megabytes of sums, and in a loop that does nothing else the
 * processor waits for several of them together.
 */
export class PlaceInflows {
  /** by number of specialty; of each place its known patients, then its masked cells */
  readonly #sums: Float64Array[] = [];
  #places = 0;

  /** The rows `from` to `to` of a table. */
  add(rows: FlowTable, from: number, to: number): void {
    const { key, destination, patients, masked } = rows;
    let [place, specialty] = [0, 0];
    for (let row = from; row < to; row++) {
      place = Math.max(place, destination[row]!);
      specialty = Math.max(specialty, specialtyOf(key[row]!));
    }
    this.#makeRoom(specialty + 1, place + 1);
    const sums = this.#sums;
    for (let row = from; row < to; row++) {
      const sum = sums[specialtyOf(key[row]!)]!;
      const at = 2 * destination[row]!;
      sum[at]! += patients[row]!;
      sum[at + 1]! += masked[row]!;
    }
  }

  /** Of each specialty by number, of `places` communes, no fewer than were met. */
  all(places: number): Inflow[] {
    return this.#sums.map((sum) => {
      const known = Math.min(places, this.#places);
      const inflow = { patients: new Float64Array(places), masked: new Float64Array(places) };
      for (let place = 0; place < known; place++) {
        inflow.patients[place] = sum[2 * place]!;
        inflow.masked[place] = sum[2 * place + 1]!;
      }
      return inflow;
    });
  }

  #makeRoom(specialties: number, places: number): void {
    if (places > this.#places) {
      this.#places = 2 * places;
      for (const [s, sum] of this.#sums.entries()) {
        this.#sums[s] = new Float64Array(2 * this.#places);
        this.#sums[s].set(sum);
      }
    }
    while (this.#sums.length < specialties) this.#sums.push(new Float64Array(2 * this.#places));
  }
}

/** Σ_s F[s]: what places receive over all specialties, each weighing 1. */
export function inflowOverAll(inflows: readonly Inflow[], places: number): Inflow {
  const all: Inflow = { patients: new Float64Array(places), masked: new Float64Array(places) };
  for (const { patients, masked } of inflows) {
    for (let place = 0; place < places; place++) {
      all.patients[place]! += patients[place]!;
      all.masked[place]! += masked[place]!;
    }
  }
  return all;
}

export function receiving({ patients, masked }: Inflow): PlacesReceiving {
  const places = [...patients.keys()].filter((place) => patients[place]! + masked[place]! > 0);
  return {
    places: Int32Array.from(places),
    patients: Float64Array.from(places, (place) => patients[place]!),
    masked: Float64Array.from(places, (place) => masked[place]!),
  };
}
