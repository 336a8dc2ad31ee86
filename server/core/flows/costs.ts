import { EARTH_RADIUS_KM } from './distance.ts';
import type { TravelTable } from './travel-table.ts';

// A constant of this module: loaders may turn an imported one into a function call.
const RADIUS_KM = EARTH_RADIUS_KM;

/** Points of the units, between which distances are great-circle, km. */
export interface StraightLine {
  kind: 'straight-line';
  /** degrees */
  lon: ArrayLike<number>;
  /** degrees */
  lat: ArrayLike<number>;
}

/** What separates units: km as the crow flies, or minutes where a table of travel times is given. */
export type Distances = StraightLine | TravelTable;

/** The destinations that can be reached from one origin, `size` of them, ascending. */
export interface CostRow {
  size: number;
  /** which of the destinations asked for */
  at: Int32Array;
  /** km, or minutes */
  cost: Float64Array;
}

/**
 * How far the units of `wanted` (ascending) are from one origin after another. The row is one object,
 * filled anew at each call: an origin has hundreds of destinations and there are millions of pairs.
 *
 * @throws RangeError when a position is not in degrees, or the columns differ in length.
 */
export function costRows(distances: Distances, wanted: Int32Array): (origin: number) => CostRow {
  return distances.kind === 'straight-line'
    ? arcRows(distances, wanted)
    : tableRows(distances, wanted);
}

/** Number of units that distances are known for. */
export function unitCount(distances: Distances): number {
  return distances.kind === 'straight-line' ? distances.lon.length : distances.n;
}

/** Great-circle distances, by the chord between points of the unit sphere. */
function arcRows({ lon, lat }: StraightLine, wanted: Int32Array): (origin: number) => CostRow {
  checkPoints(lon, lat);
  const points = unitVectors(lon, lat);
  const k = wanted.length;
  const x = new Float64Array(k);
  const y = new Float64Array(k);
  const z = new Float64Array(k);
  for (let s = 0; s < k; s++) {
    const j = wanted[s]!;
    x[s] = points[3 * j]!;
    y[s] = points[3 * j + 1]!;
    z[s] = points[3 * j + 2]!;
  }
  const cost = new Float64Array(k);
  const row: CostRow = { size: k, at: Int32Array.from(wanted, (_, s) => s), cost };
  return (origin) => {
    const ox = points[3 * origin]!;
    const oy = points[3 * origin + 1]!;
    const oz = points[3 * origin + 2]!;
    for (let s = 0; s < k; s++) {
      const dx = x[s]! - ox;
      const dy = y[s]! - oy;
      const dz = z[s]! - oz;
      cost[s] = arcKm(dx * dx + dy * dy + dz * dz);
    }
    return row;
  };
}

function tableRows(
  { n, offsets, destinations, minutes }: TravelTable,
  wanted: Int32Array,
): (origin: number) => CostRow {
  const slot = new Int32Array(n).fill(-1);
  wanted.forEach((unit, s) => {
    slot[unit] = s;
  });
  const at = new Int32Array(wanted.length);
  const cost = new Float64Array(wanted.length);
  const row: CostRow = { size: 0, at, cost };
  return (origin) => {
    let size = 0;
    for (let e = offsets[origin]!; e < offsets[origin + 1]!; e++) {
      const s = slot[destinations[e]!]!;
      if (s < 0) continue;
      at[size] = s;
      cost[size++] = minutes[e]!;
    }
    row.size = size;
    return row;
  };
}

/** Great-circle distance, km, from the squared chord between two points of the unit sphere. */
function arcKm(chord2: number): number {
  const chord = Math.sqrt(chord2);
  // Below 0.2 (1,275 km) three terms of 2·asin(chord / 2) are exact to 1e-8.
  if (chord < 0.2) return RADIUS_KM * chord * (1 + chord2 * (1 / 24 + (chord2 * 3) / 640));
  return 2 * RADIUS_KM * Math.asin(Math.min(1, chord / 2));
}

function unitVectors(lon: ArrayLike<number>, lat: ArrayLike<number>): Float64Array {
  const points = new Float64Array(3 * lon.length);
  const radians = Math.PI / 180;
  for (let i = 0; i < lon.length; i++) {
    const across = Math.cos(lat[i]! * radians);
    points[3 * i] = across * Math.cos(lon[i]! * radians);
    points[3 * i + 1] = across * Math.sin(lon[i]! * radians);
    points[3 * i + 2] = Math.sin(lat[i]! * radians);
  }
  return points;
}

function checkPoints(lon: ArrayLike<number>, lat: ArrayLike<number>): void {
  if (lat.length !== lon.length) {
    throw new RangeError(`expected columns of one length, got ${lon.length} and ${lat.length}`);
  }
  for (let i = 0; i < lon.length; i++) {
    if (!Number.isFinite(lon[i]!) || !(Math.abs(lat[i]!) <= 90)) {
      throw new RangeError(`unit ${i}: expected degrees, got ${lon[i]} and ${lat[i]}`);
    }
  }
}
