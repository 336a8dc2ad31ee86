import type { PoleComparison } from '../../../../../server/contracts/poles.ts';
import { formatShare } from '../../../french/numbers.ts';
import { mark, type Scene } from '../../../map/scene.ts';
import type { LegendEntry } from '../../../shell/legend.tsx';
import { selection } from '../../../state/address.ts';
import { otherPoleMap, otherPoles, poleChoice } from '../../../state/analysis.ts';
import {
  changedUnits,
  compared,
  comparison,
  leaveComparison,
  sideLabel,
} from '../../../state/comparison.ts';
import type { PoleMap } from '../../../state/pole-map.ts';
import type { Region } from '../../../state/region.ts';
import { readyValue } from '../../../state/resource.ts';
import type { SecondMap } from '../../registry.ts';
import { poleScene } from '../scene.ts';
import { largestCircle } from '../shown.ts';

/** The map of poles that the first one is compared with, while it is. */
export function secondMap(region: Region): SecondMap | null {
  const [left, right] = [poleChoice.value, compared.value];
  if (!left || !right) return null;
  const map = otherPoleMap.value;
  return {
    titles: [sideLabel(left, right), sideLabel(right, left)],
    scene: map && withChanges(poleScene(region, map, selection.value, largestCircle.value), region),
    waiting:
      otherPoles.state.value.status === 'failed'
        ? 'Rien à afficher\u00a0: voir le message dans le panneau de gauche.'
        : 'Calcul des pôles d’attraction…',
    fact: (unit) => poleFact(map, unit),
    leave: leaveComparison,
  };
}

export function poleFact(map: PoleMap | null, unit: number): string | null {
  const pole = map?.poles[map.group[unit]!];
  if (!map || !pole) return null;
  return `Pôle\u00a0: ${pole.name} (${formatShare(map.communes[unit]?.rate ?? 0)})`;
}

/** The sign of the communes that change pole, on either of the maps compared. */
export function withChanges(
  scene: Scene,
  region: Region,
  changes: PoleComparison | null = compared.value && readyValue(comparison.state.value),
): Scene {
  if (!changes) return scene;
  const marks = scene.marks.slice();
  for (const unit of changedUnits(region, changes)) marks[unit]! |= mark.changed;
  return { ...scene, marks };
}

/** What the legend says of them. */
export function changedLegend(): LegendEntry[] {
  return compared.value ? [{ sign: 'changed', label: 'la commune change de pôle' }] : [];
}
