import { computed } from '@preact/signals';
import type { Scene } from '../../map/scene.ts';
import { go, select, selection, view } from '../../state/address.ts';
import { poleMap, poles, region } from '../../state/analysis.ts';
import { rest } from '../../state/hover.ts';
import { proposal, runs, territoryMap } from '../../state/proposals.ts';
import type { Region } from '../../state/region.ts';
import { readyValue } from '../../state/resource.ts';
import type { WorkspaceDefinition } from '../registry.ts';
import { selectPole } from '../tables/poles.ts';
import { poleFact, secondMap, withChanges } from './compare/second-map.ts';
import { withSides } from './compare-runs/map.ts';
import { AnalyseDetail } from './detail.tsx';
import { poleLegend, territoryLegend } from './legend.ts';
import { AnalysePanel } from './panel.tsx';
import { withPlaced } from './placed-marks.ts';
import { poleScene, proposalScene } from './scene.ts';
import { analyseSheet } from './sheet.ts';
import { flowArrows, largestCircle } from './shown.ts';

/** The map without its arrows, so that a pointer that moves over it redraws nothing else. */
const ground = computed<Scene | null>(() => {
  const [loaded, map] = [region.value, poleMap.value];
  if (!loaded || !map) return null;
  return withChanges(poleScene(loaded, map, selection.value, largestCircle.value), loaded);
});

export const analyse: WorkspaceDefinition = {
  leftLabel: 'Analyse',
  rightLabel: 'Détail',
  Left: AnalysePanel,
  Right: AnalyseDetail,
  scene(region) {
    if (view.value === 'territories') {
      const map = territoryMap.value;
      if (!map) return null;
      return withPlaced(withSides(proposalScene(region, map, selection.value), region), region);
    }
    return ground.value && { ...ground.value, arrows: flowArrows.value?.arrows ?? [] };
  },
  waiting() {
    const territories = view.value === 'territories';
    const failed = (territories ? proposal : poles).state.value.status === 'failed';
    if (failed) return 'Rien à afficher\u00a0: voir le message dans le panneau de gauche.';
    if (!territories) return 'Calcul des pôles d’attraction…';
    const none = readyValue(runs.state.value)?.length === 0;
    return none ? 'Aucune proposition\u00a0: lancez-en une depuis le panneau.' : 'Chargement…';
  },
  legend: () => (view.value === 'poles' ? poleLegend() : territoryLegend()),
  fact,
  onUnit(region, unit) {
    const territory = view.value === 'territories' ? territoryAt(unit) : undefined;
    // A second click on a commune of a territory takes the territory it is in.
    const code = region.code[unit]!;
    const again = selection.value?.kind === 'unit' && selection.value.code === code;
    if (territory && again) go({ selection: { kind: 'territory', id: territory.id } });
    else select({ kind: 'unit', code });
  },
  onPoint: (unit) => rest(view.value === 'poles' ? unit : null),
  onMark: (_region, code) => selectPole(code),
  second: secondMap,
  sheet: analyseSheet,
};

function territoryAt(unit: number) {
  const map = territoryMap.value;
  return map?.proposal.territories[map.group[unit]!];
}

function fact(_region: Region, unit: number): string | null {
  if (view.value === 'territories') {
    const territory = territoryAt(unit);
    return territory ? `Territoire\u00a0: ${territory.name}` : null;
  }
  return poleFact(poleMap.value, unit);
}
