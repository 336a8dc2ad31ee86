import { computed } from '@preact/signals';
import type { Scene } from '../../map/scene.ts';
import { select, selection } from '../../state/address.ts';
import { region as loadedRegion } from '../../state/analysis.ts';
import { selectedZone } from '../../state/control/coverage.ts';
import { receivers } from '../../state/control/resolution.ts';
import { reviewedCpts } from '../../state/control/review.ts';
import { cptsOfDay, keptOpen, keptUnits, uncoveredUnits } from '../../state/control/shown.ts';
import { cptsState } from '../../state/control/then.ts';
import { type Region, unitsOf } from '../../state/region.ts';
import { readyValue } from '../../state/resource.ts';
import { type ComparedVersions, comparedVersions } from '../../state/versions.ts';
import { versionFact, versionsLegend, versionsScene } from '../draw/versions/scene.ts';
import type { WorkspaceDefinition } from '../registry.ts';
import { ControlDetail } from './detail.tsx';
import { cptsLegend } from './legend.ts';
import { ControlPanel } from './panel.tsx';
import { reviewBefore, reviewSecond } from './review/maps.ts';
import { cptsScene } from './scene.ts';

const ground = computed<Scene | null>(() => {
  const loaded = loadedRegion.value;
  if (!loaded || !cptsOfDay.value) return null;
  const given = [...receivers.value].flatMap(([code, id]) =>
    unitsOf(loaded, [code]).map((unit) => [unit, id] as const),
  );
  return cptsScene(loaded, keptOpen.value, keptUnits.value, selection.value, {
    uncovered: uncoveredUnits.value,
    zone: unitsOf(loaded, selectedZone.value?.units ?? []),
    given: new Map(selection.value?.kind === 'overlap' ? given : []),
  });
});

export const control: WorkspaceDefinition = {
  leftLabel: 'Suivi',
  rightLabel: 'Détail',
  Left: ControlPanel,
  Right: ControlDetail,
  scene(region) {
    const versions = shownVersions();
    if (versions) return versionsScene(region, versions);
    return reviewBefore(region) ?? ground.value;
  },
  waiting: () =>
    cptsState.value.status === 'failed'
      ? 'Rien à afficher\u00a0: voir le message dans le panneau de gauche.'
      : 'Chargement des CPTS…',
  legend() {
    const versions = shownVersions();
    return versions ? versionsLegend(versions) : cptsLegend();
  },
  fact(region, unit) {
    const versions = shownVersions();
    if (versions) return versionFact(region.code[unit]!, versions);
    const names = holders(unit).map(({ name }) => name);
    return names.join(' · ') || 'Dans aucune des CPTS montrées';
  },
  onUnit(region: Region, unit: number) {
    // What is compared stays: a click elsewhere would close it.
    if (shownVersions() || reviewedCpts.value) return;
    const [first, second] = holders(unit);
    const chosen = selection.value;
    const code = region.code[unit]!;
    if (first && second) {
      const [a, b] = [first.id, second.id].sort((p, q) => p - q) as [number, number];
      select({ kind: 'overlap', a, b });
    } else if (first && !(chosen?.kind === 'cpts' && chosen.id === first.id)) {
      select({ kind: 'cpts', id: first.id });
    } else {
      // A second click on a CPTS takes the commune itself.
      select({ kind: 'unit', code });
    }
  },
  onMark() {},
  second: reviewSecond,
};

/** Two versions of the CPTS selected, while they are compared. */
function shownVersions(): ComparedVersions | null {
  const compared = readyValue(comparedVersions.state.value);
  const chosen = selection.value;
  return chosen?.kind === 'cpts' && chosen.id === compared?.cpts ? compared : null;
}

const holders = (unit: number) =>
  keptOpen.value.filter((_, at) => keptUnits.value[at]?.includes(unit));
