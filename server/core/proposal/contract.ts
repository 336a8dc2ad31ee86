import { buildAdjacency } from '../graph/adjacency.ts';
import type { Ground } from './ground.ts';
import { TieList } from './ties.ts';

/**
 * The ground with the units of each cell made one. Ties inside a cell are dropped: they are kept
 * whatever is done.
 *
 * @param cell cell of each unit, 0 … cells − 1, each in one piece
 */
export function contractGround(ground: Ground, cell: Int32Array, cells: number): Ground {
  const { adjacency, ties, apart } = ground;
  const population = new Float64Array(cells);
  const poles = new Int32Array(cells);
  const one: number[] = [];
  const other: number[] = [];
  const lengths: number[] = [];
  const tied = new TieList();
  const rows: number[][] = Array.from({ length: cells }, () => []);
  for (let u = 0; u < cell.length; u++) {
    const c = cell[u]!;
    population[c]! += ground.population[u]!;
    poles[c]! += ground.poles[u]!;
    for (let e = adjacency.offsets[u]!; e < adjacency.offsets[u + 1]!; e++) {
      const v = adjacency.neighbours[e]!;
      if (v < u || cell[v] === c) continue;
      one.push(c);
      other.push(cell[v]!);
      lengths.push(adjacency.lengthsM[e]!);
    }
    for (let e = ties.offsets[u]!; e < ties.offsets[u + 1]!; e++) {
      const v = ties.others[e]!;
      if (v > u) tied.add(c, cell[v]!, ties.worth[e]!);
    }
    for (let e = apart.offsets[u]!; e < apart.offsets[u + 1]!; e++) {
      rows[c]!.push(cell[apart.others[e]!]!);
    }
  }
  const offsets = new Int32Array(cells + 1);
  rows.forEach((row, c) => {
    offsets[c + 1] = offsets[c]! + row.length;
  });
  return {
    ...ground,
    population,
    poles,
    adjacency: buildAdjacency(cells, one, other, lengths),
    ties: tied.build(cells),
    apart: { offsets, others: Int32Array.from(rows.flat()) },
  };
}
