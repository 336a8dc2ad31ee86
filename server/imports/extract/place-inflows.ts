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

/** Adds up what each place receives, specialty by specialty, as flows are read in any order. */
export class PlaceInflows {
  readonly #bySpecialty: Inflow[] = [];

  add(specialty: number, destination: number, patients: number, masked: number): void {
    const inflow = this.#of(specialty, destination);
    inflow.patients[destination]! += patients;
    inflow.masked[destination]! += masked;
  }

  /** Of each specialty by number, with room for `places` communes. */
  all(places: number): Inflow[] {
    return this.#bySpecialty.map((inflow) => withRoom(inflow, places));
  }

  #of(specialty: number, place: number): Inflow {
    while (this.#bySpecialty.length <= specialty) {
      this.#bySpecialty.push({ patients: new Float64Array(64), masked: new Float64Array(64) });
    }
    const inflow = this.#bySpecialty[specialty]!;
    if (place < inflow.patients.length) return inflow;
    const larger = withRoom(inflow, 2 * (place + 1));
    this.#bySpecialty[specialty] = larger;
    return larger;
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

function withRoom({ patients, masked }: Inflow, places: number): Inflow {
  if (patients.length >= places) return { patients, masked };
  const larger = { patients: new Float64Array(places), masked: new Float64Array(places) };
  larger.patients.set(patients);
  larger.masked.set(masked);
  return larger;
}
