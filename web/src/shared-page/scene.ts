import type { SharedTerritory } from '../../../server/contracts/sharing.ts';
import { edge, emptyScene, outlineSet, type Scene } from '../map/scene.ts';
import { type Region, unitsOf } from '../state/region.ts';

const territoryFill = '#9dbcf0';

/** One territory alone, and the commune pointed at. */
export function sharedScene(
  region: Region,
  { cpts }: SharedTerritory,
  chosen: number | null,
): Scene {
  const scene = emptyScene(region, 'cpts');
  const units = unitsOf(region, cpts.units);
  for (const unit of units) scene.fills[unit] = territoryFill;
  outlineSet(scene, region, units, edge.recognised);
  if (chosen !== null) outlineSet(scene, region, [chosen], edge.selected);
  return scene;
}
