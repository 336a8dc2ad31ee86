import { edge, emptyScene, mark, outlineSet, type Scene } from '../../../map/scene.ts';
import type { LegendEntry } from '../../../shell/legend.tsx';
import { type Region, unitsOf } from '../../../state/region.ts';
import type { ComparedVersions } from '../../../state/versions.ts';

/** Greys for what stays, one hue for what comes; what comes and what goes bear a sign besides. */
const keptFill = '#b9c6d4';
const addedFill = '#8fcdb5';

/** Two versions on one map. */
export function versionsScene(region: Region, { before, after }: ComparedVersions): Scene {
  const scene = emptyScene(region, 'cpts');
  const [old, young] = [unitsOf(region, before), unitsOf(region, after)];
  const was = new Set(old);
  const stays = new Set(young);
  for (const unit of young) {
    scene.fills[unit] = was.has(unit) ? keptFill : addedFill;
    if (!was.has(unit)) scene.marks[unit]! |= mark.changed;
  }
  for (const unit of old) if (!stays.has(unit)) scene.marks[unit]! |= mark.poleless;
  outlineSet(scene, region, old, edge.draft);
  outlineSet(scene, region, young, edge.selected);
  return scene;
}

export function versionsLegend({ told }: ComparedVersions) {
  const entries: LegendEntry[] = [
    { sign: 'bare', label: 'commune gardée', colour: keptFill },
    { sign: 'changed', label: 'ajoutée', colour: addedFill },
    { sign: 'poleless', label: 'retirée' },
    { sign: 'dashed', label: `contour de la version ${told.before.number}` },
    { sign: 'drawn', label: `contour de la version ${told.after.number}`, colour: '#fff' },
  ];
  return { title: `Versions ${told.before.number} et ${told.after.number}`, entries };
}

/** What becomes of a commune from one version to the other. */
export function versionFact(code: string, { before, after }: ComparedVersions): string {
  const [was, stays] = [before.includes(code), after.includes(code)];
  if (was && stays) return 'gardée';
  if (stays) return 'ajoutée';
  return was ? 'retirée' : 'dans aucune des deux versions';
}
