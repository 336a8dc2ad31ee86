import type { Health } from '../../../server/contracts/health.ts';
import type { UnitGraph } from '../../../server/contracts/units.ts';
import { type Adjacency, buildAdjacency } from '../../../server/core/graph/adjacency.ts';
import { fold } from '../french/fold.ts';

/** The loaded region in memory: units in columns, sorted by code, and the borders between them. */
export interface Region {
  health: Health;
  vintage: string;
  bbox: [number, number, number, number];
  count: number;
  code: string[];
  name: string[];
  /** names as people type them */
  folded: string[];
  population: number[];
  department: string[];
  epci: (string | null)[];
  areaKm2: number[];
  lon: number[];
  lat: number[];
  indexOf: ReadonlyMap<string, number>;
  adjacency: Adjacency;
  borders: UnitGraph['borders'];
  /** border lines of each unit, outer edges too: `of[offsets[u] … offsets[u + 1] − 1]` */
  lines: { offsets: Int32Array; of: Int32Array };
}

export function makeRegion(health: Health, graph: UnitGraph): Region {
  const { units, borders } = graph;
  const count = units.code.length;
  return {
    health,
    vintage: graph.vintage,
    bbox: graph.bbox,
    count,
    ...units,
    folded: units.name.map(fold),
    indexOf: new Map(units.code.map((code, unit) => [code, unit])),
    adjacency: buildAdjacency(count, borders.a, borders.b, borders.lengthM),
    borders,
    lines: linesOfUnits(count, borders),
  };
}

function linesOfUnits(count: number, { a, b }: UnitGraph['borders']): Region['lines'] {
  const sides = [a, b] as const;
  const offsets = new Int32Array(count + 1);
  for (const side of sides) for (const unit of side) if (unit >= 0) offsets[unit + 1]!++;
  for (let unit = 0; unit < count; unit++) offsets[unit + 1]! += offsets[unit]!;
  const next = offsets.slice(0, count);
  const of = new Int32Array(offsets[count]!);
  for (let line = 0; line < a.length; line++) {
    for (const side of sides) {
      const unit = side[line]!;
      if (unit >= 0) of[next[unit]!++] = line;
    }
  }
  return { offsets, of };
}

/** Unit indexes of the codes that this region holds. */
export function unitsOf(region: Region, codes: readonly string[]): number[] {
  const units: number[] = [];
  for (const code of codes) {
    const unit = region.indexOf.get(code);
    if (unit !== undefined) units.push(unit);
  }
  return units;
}

export function populationOf(region: Region, units: Iterable<number>): number {
  let sum = 0;
  for (const unit of units) sum += region.population[unit] ?? 0;
  return sum;
}

/** `[west, south, east, north]` around the points of the units, with a margin in degrees. */
export function boundsOf(
  region: Region,
  units: Iterable<number>,
  margin = 0.06,
): [number, number, number, number] | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const unit of units) {
    west = Math.min(west, region.lon[unit]!);
    east = Math.max(east, region.lon[unit]!);
    south = Math.min(south, region.lat[unit]!);
    north = Math.max(north, region.lat[unit]!);
  }
  if (west > east) return null;
  return [west - margin, south - margin, east + margin, north + margin];
}

/** Departments by code, each with its most populated unit and how many it has. */
export function departmentsOf(region: Region): { code: string; seat: number; communes: number }[] {
  const found = new Map<string, { code: string; seat: number; communes: number }>();
  for (let unit = 0; unit < region.count; unit++) {
    const code = region.department[unit]!;
    const department = found.get(code) ?? { code, seat: unit, communes: 0 };
    if (region.population[unit]! > region.population[department.seat]!) department.seat = unit;
    department.communes++;
    found.set(code, department);
  }
  return [...found.values()].sort((p, q) => (p.code < q.code ? -1 : 1));
}
