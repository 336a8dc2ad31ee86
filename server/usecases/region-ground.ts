import type { UnitGraph } from '../contracts/units.ts';
import { type Lie, territoryLies } from '../core/coverage/shapes.ts';
import { type DrawingGround, drawingGround } from '../core/drawing/ground.ts';
import type { LoadedRegion } from './region-state.ts';

/** What of a loaded region territories are held against. */
export type GroundOfRegion = Pick<LoadedRegion, 'vintage' | 'graph'>;

/** What territories are held against: the units of the region by index, and how they touch. */
export interface RegionGround {
  graph: UnitGraph;
  /** index of each unit, by code */
  index: ReadonlyMap<string, number>;
  /** codes, ascending, and which is that of each unit */
  departments: string[];
  departmentOf: Int32Array;
  ground: DrawingGround;
  /** how a territory lies */
  lies: (units: ArrayLike<number>) => Lie;
}

const known = new WeakMap<UnitGraph, RegionGround>();

/** Made once for a graph. */
export function regionGround(graph: UnitGraph): RegionGround {
  const made = known.get(graph);
  if (made) return made;
  const ground = drawingGround(graph.units, graph.borders);
  const departments = [...new Set(graph.units.department)].sort();
  const numbers = new Map(departments.map((code, number) => [code, number]));
  const fresh = {
    graph,
    index: new Map(graph.units.code.map((code, unit) => [code, unit])),
    departments,
    departmentOf: Int32Array.from(graph.units.department, (code) => numbers.get(code)!),
    ground,
    lies: territoryLies(ground.adjacency, ground.atEdge),
  };
  known.set(graph, fresh);
  return fresh;
}

/** Indices of the units that are in the region, ascending. */
export function unitsAt({ index }: RegionGround, codes: readonly string[]): number[] {
  const found: number[] = [];
  for (const code of codes) {
    const unit = index.get(code);
    if (unit !== undefined) found.push(unit);
  }
  return found.sort((p, q) => p - q);
}

export function codesAt({ graph }: RegionGround, units: readonly number[]): string[] {
  return units.map((unit) => graph.units.code[unit]!);
}

/** Departments that hold some of the units, by code. */
export function departmentsAt(
  { departments, departmentOf }: RegionGround,
  units: readonly number[],
): string[] {
  const found = new Set(units.map((unit) => departmentOf[unit]!));
  return [...found].sort((p, q) => p - q).map((number) => departments[number]!);
}

/** Inhabitants of units. */
export function populationAt({ graph }: RegionGround, units: readonly number[]): number {
  return units.reduce((sum, unit) => sum + graph.units.population[unit]!, 0);
}
