import { mark, type Scene } from '../../../map/scene.ts';
import type { LegendEntry } from '../../../shell/legend.tsx';
import { type Region, unitsOf } from '../../../state/region.ts';
import { readyValue } from '../../../state/resource.ts';
import { comparedRun, runComparison } from '../../../state/run-comparison.ts';

/** The sign of the communes that change side from one run to the other. */
export function withSides(scene: Scene, region: Region): Scene {
  const changes = comparedRun.value === null ? null : readyValue(runComparison.state.value);
  if (!changes) return scene;
  const codes = changes.communes.map(({ code }) => code);
  const marks = scene.marks.slice();
  for (const unit of unitsOf(region, codes)) marks[unit]! |= mark.changed;
  return { ...scene, marks };
}

/** What the legend says of them. */
export function sidesLegend(): LegendEntry[] {
  return comparedRun.value === null
    ? []
    : [{ sign: 'changed', label: 'la commune change de côté' }];
}
