import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { mix } from '../../map/colours.ts';
import { edge, emptyScene, mark, outlineSet, type Scene } from '../../map/scene.ts';
import type { Selection } from '../../state/address.ts';
import type { Region } from '../../state/region.ts';

/** The interface's blue: what is being drawn is not data yet. */
const drawnFill = '#9dbcf0';
const takenFill = '#d3dae2';

/** The draft over the CPTS there are; communes that both hold are hatched. */
export function draftScene(
  region: Region,
  draft: ReadonlySet<number>,
  open: readonly Cpts[],
  members: readonly number[][],
  selection: Selection | null,
): Scene {
  const scene = emptyScene(region, 'draft');
  members.forEach((units, at) => {
    for (const unit of units) {
      scene.fills[unit] = takenFill;
      if (draft.has(unit)) scene.marks[unit]! |= mark.conflict;
    }
    outlineSet(scene, region, units, open[at]!.recognised ? edge.recognised : edge.draft);
  });
  for (const unit of draft) {
    scene.fills[unit] = scene.fills[unit] ? mix(drawnFill, takenFill, 0.5) : drawnFill;
  }
  outlineSet(scene, region, draft, edge.selected);
  const unit = selection?.kind === 'unit' ? region.indexOf.get(selection.code) : undefined;
  if (unit !== undefined && !draft.has(unit)) outlineSet(scene, region, [unit], edge.outline);
  return scene;
}
