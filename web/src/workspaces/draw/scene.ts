import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { mix } from '../../map/colours.ts';
import { edge, emptyScene, mark, outlineSet, type Scene } from '../../map/scene.ts';
import type { Region } from '../../state/region.ts';

/** The interface's blue: what is being drawn is not data yet. */
const drawnFill = '#9dbcf0';
const takenFill = '#d3dae2';
const bothFill = mix(drawnFill, takenFill, 0.5);

/** The CPTS there are and what locks hold, under any drawing: painted again only when they change. */
export function drawingGroundScene(
  region: Region,
  open: readonly Cpts[],
  members: readonly (readonly number[])[],
  held: ReadonlySet<number>,
): Scene {
  const scene = emptyScene(region, 'draft');
  members.forEach((units, at) => {
    for (const unit of units) scene.fills[unit] = takenFill;
    outlineSet(scene, region, units, open[at]!.recognised ? edge.recognised : edge.draft);
  });
  for (const unit of held) scene.marks[unit]! |= mark.locked;
  return scene;
}

/** The draft over the CPTS there are; communes that both hold are hatched. */
export function draftScene(
  region: Region,
  under: Scene,
  draft: ReadonlySet<number>,
  selected: number | null,
): Scene {
  const scene = {
    ...under,
    fills: under.fills.slice(),
    marks: under.marks.slice(),
    edges: under.edges.slice(),
  };
  for (const unit of draft) {
    const taken = under.fills[unit] !== null;
    scene.fills[unit] = taken ? bothFill : drawnFill;
    if (taken) scene.marks[unit]! |= mark.conflict;
  }
  outlineSet(scene, region, draft, edge.selected);
  if (selected !== null && !draft.has(selected)) {
    outlineSet(scene, region, [selected], edge.outline);
  }
  return scene;
}
