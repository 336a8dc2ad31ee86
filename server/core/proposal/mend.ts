import type { Random } from '../random.ts';
import { anneal } from './anneal.ts';
import { membersOf, territoriesAround } from './around.ts';
import { bandExcess } from './band-excess.ts';
import type { Ground } from './ground.ts';
import { Partition } from './partition.ts';
import { scaleOf } from './scale.ts';
import { openWindow } from './window.ts';

/**
 * Windows tried around each territory outside the band: territories, moves tried for each unit, the
 * temperature and the cost of being outside to start with. A cold start keeps most of the plan; a hot
 * one forgets it, which alone leads out of some dead ends.
 */
const WINDOWS = [
  { width: 4, trials: 100, hot: 0.3, strictFrom: 10 },
  { width: 8, trials: 200, hot: 0.3, strictFrom: 10 },
  { width: 6, trials: 500, hot: 3, strictFrom: 0.3 },
  { width: 16, trials: 500, hot: 1, strictFrom: 1 },
  { width: 6, trials: 1000, hot: 10, strictFrom: 0.1 },
  { width: 12, trials: 2000, hot: 3, strictFrom: 0.1 },
] as const;
const COLD = 0.01;

/**
 * Brings territories into the band that are not, each in a window of its neighbours annealed with a
 * heavy cost on being outside; wider windows where a narrow one won't do. `label` is changed in
 * place, and never farther from the band.
 *
 * @param onWork told at each step of an annealing, some thousand moves
 * @param budget moves after which no other window is tried
 * @returns inhabitants still outside the band (`Partition.outside`).
 */
export function mend(
  ground: Ground,
  label: Int32Array,
  count: number,
  random: Random,
  onWork: () => void = () => {},
  budget = Number.POSITIVE_INFINITY,
): number {
  const { population, adjacency } = ground;
  const { tie, strict } = scaleOf(ground);
  const total = new Float64Array(count);
  for (let u = 0; u < label.length; u++) total[label[u]!]! += population[u]!;
  const place = new Int32Array(label.length).fill(-1);
  let used = 0;
  for (const { width, trials, hot, strictFrom } of WINDOWS) {
    for (let t = 0; t < count && used < budget; t++) {
      if (bandExcess(ground, total[t]!) === 0) continue;
      const around = territoriesAround(
        adjacency,
        label,
        membersOf(label, count),
        [t],
        count,
        width,
      );
      const window = openWindow(ground, label, around, place);
      const draft = new Partition(window.ground, window.label, window.count);
      const before = draft.outside();
      anneal(
        draft,
        {
          trials: trials * window.units.length,
          from: hot * tie,
          to: COLD * tie,
          strictFrom: strictFrom * strict,
          strictTo: 300 * strict,
        },
        random,
        () => {
          onWork();
          return 1;
        },
      );
      used += trials * window.units.length;
      if (draft.outside() >= before) continue;
      window.units.forEach((u, k) => {
        label[u] = window.territories[window.label[k]!]!;
      });
      around.forEach((territory, k) => {
        total[territory] = draft.total[k]!;
      });
    }
  }
  let outside = 0;
  for (const people of total) outside += bandExcess(ground, people);
  return outside;
}
