import { pieces } from '../graph/components.ts';
import type { Random } from '../random.ts';
import { contractGround } from './contract.ts';
import { type Drawn, draw, isBetter } from './draw.ts';
import type { Ground } from './ground.ts';

/** Moves tried for each cell of a crossing, then for each unit of what comes of it. */
const TRIALS_PER_CELL = 6_000;
const TRIALS_PER_UNIT = 2_400;

/** Moves that a crossing tries at most, when there are so many territories. */
export function crossingTrials({ adjacency }: Ground): number {
  return adjacency.n * TRIALS_PER_UNIT;
}

/**
 * A plan of two: where both put units together they stay so, as cells, and the cells, ten times fewer than
 * units, are divided anew from hot; what comes of it, or the better of the two where that is outside the
 * band, is then searched unit by unit. Cells keep what different searches agree on, which is mostly right, and
 * leave all the trials to what they don't: the idea of combining partitions by their common cuts
 * (P. Sanders, C. Schulz, "Distributed evolutionary graph partitioning", ALENEX 2012).
 */
export function cross(
  ground: Ground,
  count: number,
  [better, other]: readonly [Drawn, Drawn],
  trials: number,
  milliseconds: number | null,
  random: Random,
  clock: () => number,
  onProgress: (share: number, best?: Int32Array) => void,
): Drawn {
  const both = better.label.map((t, u) => t * count + other.label[u]!);
  const { of: cell, count: cells } = pieces(ground.adjacency, numbered(both));
  const onCells = Math.min(cells * TRIALS_PER_CELL, trials / 3);
  const share = (part: number) => (milliseconds === null ? null : (milliseconds * part) / trials);
  let label = better.label;
  let hurried = false;
  if (cells > count) {
    const begun = new Int32Array(cells);
    cell.forEach((c, u) => {
      begun[c] = better.label[u]!;
    });
    const coarse = draw(
      {
        ground: contractGround(ground, cell, cells),
        label: begun,
        count,
        trials: onCells,
        fresh: true,
        milliseconds: share(onCells),
      },
      random,
      clock,
      // Cells are not units: only how far it is can be told.
      (done) => onProgress((done * onCells) / trials),
    );
    hurried = coarse.hurried;
    if (coarse.outside <= better.outside) label = cell.map((c) => coarse.label[c]!);
  }
  const left = trials - onCells;
  const child = draw(
    { ground, label, count, trials: left, fresh: false, milliseconds: share(left) },
    random,
    clock,
    (done, best) => onProgress((onCells + done * left) / trials, best),
  );
  return { ...child, hurried: hurried || child.hurried };
}

/** Places a child among plans: for the worse of its parents, unless that is better or it is one again. */
export function place(plans: Drawn[], child: Drawn, parent: number): void {
  if (!isBetter(child, plans[parent]!)) return;
  if (plans.some(({ worth, outside }) => worth === child.worth && outside === child.outside))
    return;
  plans[parent] = child;
}

/** Names from 0 in the order they are met. */
function numbered(names: Int32Array): Int32Array {
  const known = new Map<number, number>();
  return names.map((name) => {
    const number = known.get(name) ?? known.size;
    known.set(name, number);
    return number;
  });
}
