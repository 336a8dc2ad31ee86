import { mark, type Scene } from '../../map/scene.ts';
import type { LegendEntry } from '../../shell/legend.tsx';
import { placed } from '../../state/improvement.ts';
import { type Region, unitsOf } from '../../state/region.ts';

/** The sign of the communes that the next proposal keeps or puts somewhere. */
export function withPlaced(scene: Scene, region: Region): Scene {
  const codes = placed.value.map(({ code }) => code);
  if (codes.length === 0) return scene;
  const marks = scene.marks.slice();
  for (const unit of unitsOf(region, codes)) marks[unit]! |= mark.locked;
  return { ...scene, marks };
}

/** What the legend says of it. */
export const placedLegend = (): LegendEntry[] =>
  placed.value.length === 0 ? [] : [{ sign: 'locked', label: 'commune placée' }];
