import { buildAdjacency } from '../graph/adjacency.ts';
import { groupPieces } from '../graph/components.ts';
import { compactness } from '../indicators/compactness.ts';

/**
 * One territory in columns. The border lines are those of its units: `a` and `b` index the units, -1
 * is what lies outside the territory.
 */
export interface TerritoryColumns {
  /** inhabitants of each unit */
  population: ArrayLike<number>;
  areaKm2: ArrayLike<number>;
  borders: { a: ArrayLike<number>; b: ArrayLike<number>; lengthM: ArrayLike<number> };
}

export interface TerritoryShape {
  communes: number;
  population: number;
  areaKm2: number;
  /** connected pieces */
  pieces: number;
  /** 4π area / perimeter²; null without a perimeter */
  compactness: number | null;
}

/** What can be told of a territory from its units and their borders alone. */
export function territoryShape({ population, areaKm2, borders }: TerritoryColumns): TerritoryShape {
  const communes = population.length;
  const adjacency = buildAdjacency(communes, borders.a, borders.b, borders.lengthM);
  const outerM = new Float64Array(communes);
  for (let line = 0; line < borders.a.length; line++) {
    const [a, b] = [borders.a[line]!, borders.b[line]!];
    if (a >= 0 && b < 0) outerM[a]! += borders.lengthM[line]!;
    if (b >= 0 && a < 0) outerM[b]! += borders.lengthM[line]!;
  }
  const group = new Int32Array(communes);
  const shape = compactness(adjacency, group, 1, areaKm2, outerM)[0]!;
  return {
    communes,
    population: sum(population),
    areaKm2: sum(areaKm2),
    pieces: groupPieces(adjacency, group)[0] ?? 0,
    compactness: Number.isFinite(shape) ? shape : null,
  };
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let u = 0; u < values.length; u++) total += values[u]!;
  return total;
}
