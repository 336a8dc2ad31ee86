import type { DivisionSummary } from '../../../server/contracts/divisions.ts';
import type { Health } from '../../../server/contracts/health.ts';
import type { UnitGraph } from '../../../server/contracts/units.ts';
import { type Adjacency, buildAdjacency } from '../../../server/core/graph/adjacency.ts';
import { groupPieces } from '../../../server/core/graph/components.ts';
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
  /** communes that are divided: units are their parts */
  divisions: readonly DivisionSummary[];
  /** units of each divided commune, by its code */
  parts: ReadonlyMap<string, readonly number[]>;
  /** the divided commune that a unit is a part of */
  wholeOf: ReadonlyMap<number, DivisionSummary>;
}

export function makeRegion(health: Health, graph: UnitGraph): Region {
  const { units, borders, divisions } = graph;
  const count = units.code.length;
  const indexOf = new Map(units.code.map((code, unit) => [code, unit]));
  const partsOf = (division: DivisionSummary) => division.units.map((code) => indexOf.get(code)!);
  return {
    health,
    vintage: graph.vintage,
    bbox: graph.bbox,
    count,
    ...units,
    folded: units.name.map(fold),
    indexOf,
    adjacency: buildAdjacency(count, borders.a, borders.b, borders.lengthM),
    borders,
    lines: linesOfUnits(count, borders),
    divisions,
    parts: new Map(divisions.map((division) => [division.code, partsOf(division)])),
    wholeOf: new Map(
      divisions.flatMap((division) => partsOf(division).map((unit) => [unit, division] as const)),
    ),
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

/** Unit indexes of the codes that this region holds; a divided commune stands for its parts. */
export function unitsOf(region: Region, codes: readonly string[]): number[] {
  const units: number[] = [];
  for (const code of codes) {
    const unit = region.indexOf.get(code);
    if (unit !== undefined) units.push(unit);
    else units.push(...(region.parts.get(code) ?? []));
  }
  return units;
}

/** The unit of a code; of a divided commune, its most populated part. */
export function unitOf(region: Region, code: string): number | undefined {
  const unit = region.indexOf.get(code);
  const parts = region.parts.get(code);
  if (unit !== undefined || !parts) return unit;
  return parts.reduce((most, part) =>
    region.population[part]! > region.population[most]! ? part : most,
  );
}

/** Name of a unit or of a divided commune; null for a code that this region does not hold. */
export function nameOf(region: Region, code: string): string | null {
  const unit = region.indexOf.get(code);
  if (unit !== undefined) return region.name[unit]!;
  return region.divisions.find((division) => division.code === code)?.name ?? null;
}

/** What a place outside the region is called: its code is all that is known of it. */
export const outsideLabel = (code: string) => `commune\u00a0${code} (hors du territoire)`;

/** The name of a commune of care, inside the region or outside it. */
export const placeLabel = (region: Region, code: string) =>
  nameOf(region, code) ?? outsideLabel(code);

/** Where a unit or a divided commune is: longitude, latitude. */
export function pointOf(region: Region, code: string): [number, number] | null {
  const unit = region.indexOf.get(code);
  if (unit !== undefined) return [region.lon[unit]!, region.lat[unit]!];
  const division = region.divisions.find((one) => one.code === code);
  return division ? [division.lon, division.lat] : null;
}

/** The parts of the commune that a unit is one of; itself alone for a commune. */
export function communeUnits(region: Region, unit: number): readonly number[] {
  const whole = region.wholeOf.get(unit);
  return (whole && region.parts.get(whole.code)) ?? [unit];
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
export function departmentsOf(region: Region): { code: string; communes: number }[] {
  const found = new Map<string, number>();
  for (const code of region.department) found.set(code, (found.get(code) ?? 0) + 1);
  return [...found]
    .map(([code, communes]) => ({ code, communes }))
    .sort((p, q) => (p.code < q.code ? -1 : 1));
}

/** Number of pieces that the units form; 0 when there are none. */
export function pieceCount(region: Region, units: ReadonlySet<number>): number {
  if (units.size === 0) return 0;
  const group = new Int32Array(region.count).fill(-1);
  for (const unit of units) group[unit] = 0;
  return groupPieces(region.adjacency, group)[0] ?? 0;
}
