import type { Random } from '../random.ts';
import { anneal } from './anneal.ts';
import { membersOf, territoriesAround } from './around.ts';
import { bandExcess } from './band-excess.ts';
import type { Ground } from './ground.ts';
import { Partition } from './partition.ts';
import { scaleOf } from './scale.ts';
import { openWindow } from './window.ts';

/** Windows tried around each territory outside the band: territories, and moves tried for each unit. */
const WINDOWS = [
  { width: 4, trials: 100 },
  { width: 8, trials: 200 },
  { width: 16, trials: 400 },
  { width: 30, trials: 1000 },
] as const;
const HOT = 0.3;
const COLD = 0.01;

/**
 * Brings territories into the band that are not, each in a window of its neighbours annealed with a
 * heavy cost on being outside; wider windows where a narrow one won't do. `label` is changed in
 * place, and never farther from the band.
 *
 * @returns inhabitants still outside the band (`Partition.outside`).
 */
export function mend(ground: Ground, label: Int32Array, count: number, random: Random): number {
  const { population, adjacency } = ground;
  const { tie, strict } = scaleOf(ground);
  const total = new Float64Array(count);
  for (let u = 0; u < label.length; u++) total[label[u]!]! += population[u]!;
  const place = new Int32Array(label.length).fill(-1);
  for (const { width, trials } of WINDOWS) {
    for (let t = 0; t < count; t++) {
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
          from: HOT * tie,
          to: COLD * tie,
          strictFrom: 10 * strict,
          strictTo: 300 * strict,
        },
        random,
      );
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
