import { bandExcess } from './band-excess.ts';
import type { Ground } from './ground.ts';

/** Inhabitants between the territories of a division and the band: 0 when every one is in it. */
export function outsideOf(ground: Ground, label: Int32Array, count: number): number {
  const total = new Float64Array(count);
  for (let u = 0; u < label.length; u++) total[label[u]!]! += ground.population[u]!;
  return total.reduce((sum, people) => sum + bandExcess(ground, people), 0);
}
