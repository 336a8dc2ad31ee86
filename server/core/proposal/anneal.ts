import type { Random } from '../random.ts';
import type { Partition } from './partition.ts';

export interface Annealing {
  /** moves tried */
  tries: number;
  /** temperature at the start and at the end, patients a year; 0 takes no loss at all */
  from: number;
  to: number;
}

/**
 * Simulated annealing (Kirkpatrick, Gelatt, Vecchi, Science 220, 1983) by single moves: a random
 * unit on a border goes over to the territory across it. A move that leaves a territory in two pieces, empty, or
 * farther from the band is refused; one that brings it nearer is taken; else one that loses `x`
 * patients a year inside is taken with probability exp(−x / temperature), which goes down
 * geometrically.
 */
export function anneal(
  partition: Partition,
  { tries, from, to }: Annealing,
  random: Random,
  onProgress: (share: number) => void = () => {},
): void {
  const { label, size } = partition;
  const { n, offsets, neighbours } = partition.land.adjacency;
  const every = Math.max(1, Math.ceil(tries / 100));
  const cooling = from > 0 ? (to / from) ** (every / tries) : 1;
  let temperature = from;
  for (let k = 0; k < tries; k++) {
    if (k > 0 && k % every === 0) {
      temperature *= cooling;
      onProgress(k / tries);
    }
    const unit = Math.floor(random() * n);
    const degree = offsets[unit + 1]! - offsets[unit]!;
    const territory = label[unit]!;
    if (territory < 0 || degree === 0 || size[territory]! <= 1) continue;
    const across = label[neighbours[offsets[unit]! + Math.floor(random() * degree)]!]!;
    if (across < 0 || across === territory) continue;
    const relief = partition.relief(unit, across);
    if (relief < 0) continue;
    if (relief === 0) {
      const gain = partition.gain(unit, across);
      if (gain <= 0 && !(temperature > 0 && random() < Math.exp(gain / temperature))) continue;
    }
    if (partition.holdsWithout(unit)) partition.move(unit, across);
  }
}

/** Moves units over borders while that keeps more flow inside, in order of unit, until none does. */
export function climb(partition: Partition, sweeps: number): void {
  const { label, size } = partition;
  const { n, offsets, neighbours } = partition.land.adjacency;
  for (let sweep = 0, moved = true; moved && sweep < sweeps; sweep++) {
    moved = false;
    for (let unit = 0; unit < n; unit++) {
      for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
        const territory = label[unit]!;
        const across = label[neighbours[e]!]!;
        if (territory < 0 || across < 0 || across === territory || size[territory]! <= 1) continue;
        if (partition.relief(unit, across) < 0 || partition.gain(unit, across) <= 0) continue;
        if (!partition.holdsWithout(unit)) continue;
        partition.move(unit, across);
        moved = true;
      }
    }
  }
}
