import type { FlowColumns } from '../flows/columns.ts';
import { type FlowMatrix, flowMatrix } from '../flows/matrix.ts';
import { type Adjacency, buildAdjacency } from '../graph/adjacency.ts';
import type { BorderColumns } from '../graph/border-columns.ts';

/** The units of a region as they are stored, in columns of one length, sorted by code. */
export interface RegionColumns {
  code: string[];
  population: number[];
  /** intercommunalité of each unit */
  epci: (string | null)[];
  borders: BorderColumns;
  /** flows to keep inside, weighted and added up */
  flows: FlowColumns;
}

/** The same as graphs, units by index. */
export interface RegionGraphs {
  index: ReadonlyMap<string, number>;
  population: Float64Array;
  adjacency: Adjacency;
  /** length of the edge of each unit on no other, m */
  outerM: Float64Array;
  flow: FlowMatrix;
  /** patients a year of each unit treated outside every unit */
  lost: Float64Array;
  /** patients a year treated in each unit who live outside every unit */
  gained: Float64Array;
  /** number of the EPCI of each unit, by rank of its code; -1: none */
  epci: Int32Array;
}

export function regionGraphs(columns: RegionColumns): RegionGraphs {
  const { code, population, borders, flows } = columns;
  const n = code.length;
  const index = new Map(code.map((one, i) => [one, i]));
  const at = (one: string | null | undefined) => (one == null ? -1 : (index.get(one) ?? -1));
  const a = borders.a.map(at);
  const b = borders.b.map(at);
  const outerM = new Float64Array(n);
  for (let l = 0; l < a.length; l++) {
    if (b[l]! < 0 && a[l]! >= 0) outerM[a[l]!]! += borders.lengthM[l]!;
  }
  const lost = new Float64Array(n);
  const gained = new Float64Array(n);
  const origins: number[] = [];
  const destinations: number[] = [];
  const patients: number[] = [];
  for (let f = 0; f < flows.origin.length; f++) {
    const from = at(flows.origin[f]);
    const to = at(flows.destination[f]);
    const count = flows.patients[f]!;
    if (from >= 0 && to >= 0) {
      origins.push(from);
      destinations.push(to);
      patients.push(count);
    } else if (from >= 0) lost[from]! += count;
    else if (to >= 0) gained[to]! += count;
  }
  return {
    index,
    population: Float64Array.from(population),
    adjacency: buildAdjacency(n, a, b, borders.lengthM),
    outerM,
    flow: flowMatrix(n, origins, destinations, patients),
    lost,
    gained,
    epci: numbersOf(columns.epci),
  };
}

/** Rank of each value among all, in order; -1 for null. */
export function numbersOf(values: readonly (string | null)[]): Int32Array {
  const names = [...new Set(values)].filter((value) => value !== null).sort();
  const rank = new Map(names.map((name, k) => [name, k]));
  return Int32Array.from(values, (value) => (value === null ? -1 : (rank.get(value) ?? -1)));
}
