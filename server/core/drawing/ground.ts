import { transposed } from '../flows/ends.ts';
import { type FlowMatrix, flowMatrix, outflows } from '../flows/matrix.ts';
import { type Adjacency, buildAdjacency } from '../graph/adjacency.ts';

/** What a drawing stands on: made once a region, read at every gesture. One entry a unit. */
export interface DrawingGround {
  adjacency: Adjacency;
  /** inhabitants */
  population: ArrayLike<number>;
  areaKm2: ArrayLike<number>;
  /** length of the edge that is on no other unit, m */
  outerM: Float64Array;
  /** 1 where a unit is at the edge of the region: it can be in no hole */
  atEdge: Uint8Array;
  /** number of the EPCI of each unit, -1: none */
  epci: Int32Array;
  /** units of each EPCI */
  epciUnits: Int32Array[];
}

/** Of the perimeter of a unit: outlines that don't quite meet leave slivers of outer edge inside. */
const SLIVER = 0.02;

/**
 * @param borders lines in columns, `b` (or `a`) -1 on the outer edge, lengths in m
 * @param epci code of the EPCI of each unit
 */
export function drawingGround(
  units: {
    population: ArrayLike<number>;
    areaKm2: ArrayLike<number>;
    epci: readonly (string | null)[];
  },
  borders: { a: ArrayLike<number>; b: ArrayLike<number>; lengthM: ArrayLike<number> },
): DrawingGround {
  const n = units.epci.length;
  const adjacency = buildAdjacency(n, borders.a, borders.b, borders.lengthM);
  const outerM = new Float64Array(n);
  const perimeterM = new Float64Array(n);
  for (let l = 0; l < borders.a.length; l++) {
    const [a, b, length] = [borders.a[l]!, borders.b[l]!, borders.lengthM[l]!];
    for (const unit of [a, b]) if (unit >= 0) perimeterM[unit]! += length;
    if (a < 0 || b < 0) outerM[Math.max(a, b)]! += length;
  }
  const atEdge = Uint8Array.from(outerM, (outer, u) => (outer > SLIVER * perimeterM[u]! ? 1 : 0));
  const { population, areaKm2 } = units;
  return { adjacency, population, areaKm2, outerM, atEdge, ...numberedEpci(units.epci) };
}

function numberedEpci(codes: readonly (string | null)[]) {
  const numbers = new Map<string, number>();
  const epci = Int32Array.from(codes, (code) => {
    if (code === null) return -1;
    const known = numbers.get(code) ?? numbers.size;
    numbers.set(code, known);
    return known;
  });
  const units: number[][] = Array.from({ length: numbers.size }, () => []);
  epci.forEach((number, unit) => {
    if (number >= 0) units[number]!.push(unit);
  });
  return { epci, epciUnits: units.map((list) => Int32Array.from(list)) };
}

/** Flows among places: the units first, by their index, then the places outside the region. */
export interface DrawingFlows {
  /** by place of residence */
  leaving: FlowMatrix;
  /** by place of care */
  arriving: FlowMatrix;
  /** patients a year living in each place, wherever treated */
  living: Float64Array;
}

/**
 * Flows with their places numbered as a drawing wants them.
 *
 * @param unitOf unit of each place of the matrix; -1 outside the region
 * @returns with the place of the given matrix that each place beyond the units is
 */
export function drawingFlows(
  unitCount: number,
  unitOf: ArrayLike<number>,
  flows: FlowMatrix,
): DrawingFlows & { outside: Int32Array } {
  const outside: number[] = [];
  const placeOf = Int32Array.from(unitOf, (unit, place) =>
    unit >= 0 ? unit : unitCount + outside.push(place) - 1,
  );
  const aligned = unitOf.length >= unitCount && placeOf.every((place, at) => place === at);
  const leaving = aligned ? flows : renumbered(flows, placeOf, unitCount + outside.length);
  return {
    leaving,
    arriving: transposed(leaving),
    living: outflows(leaving),
    outside: Int32Array.from(outside),
  };
}

function renumbered(flows: FlowMatrix, placeOf: Int32Array, places: number): FlowMatrix {
  const origins = new Int32Array(flows.destinations.length);
  for (let i = 0; i < flows.n; i++) {
    origins.fill(placeOf[i]!, flows.offsets[i]!, flows.offsets[i + 1]!);
  }
  const destinations = flows.destinations.map((place) => placeOf[place]!);
  return flowMatrix(places, origins, destinations, flows.patients);
}
