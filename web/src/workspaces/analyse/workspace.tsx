import { formatShare } from '../../french/numbers.ts';
import { go, select, selection, specialty, view } from '../../state/address.ts';
import { destinations, labelOf, poleMap, poles } from '../../state/analysis.ts';
import { proposal, runs, territoryMap } from '../../state/proposals.ts';
import type { Region } from '../../state/region.ts';
import { readyValue } from '../../state/resource.ts';
import type { WorkspaceDefinition } from '../registry.ts';
import { selectPole } from '../tables/poles.ts';
import { AnalyseDetail } from './detail.tsx';
import { AnalysePanel } from './panel.tsx';
import { poleScene, proposalScene } from './scene.ts';

export const analyse: WorkspaceDefinition = {
  leftLabel: 'Analyse',
  rightLabel: 'Détail',
  Left: AnalysePanel,
  Right: AnalyseDetail,
  scene(region) {
    if (view.value === 'territories') {
      const map = territoryMap.value;
      return map && proposalScene(region, map, selection.value);
    }
    const map = poleMap.value;
    return map && poleScene(region, map, selection.value, readyValue(destinations.state.value));
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
  onMark: (_region, code) => selectPole(code),
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
  const map = poleMap.value;
  const pole = map?.poles[map.group[unit]!];
  return map && pole
    ? `Pôle\u00a0: ${pole.name} (${formatShare(map.communes[unit]?.rate ?? 0)})`
    : null;
}

function poleLegend() {
  return {
    title: 'Pôle d’attraction principal',
    note: labelOf(specialty.value),
    entries: [
      { sign: 'area' as const, label: 'une couleur par pôle' },
      { sign: 'circle' as const, label: 'pôle, selon ses habitants attirés' },
      { sign: 'arrow' as const, label: 'patients de la commune' },
    ],
  };
}

function territoryLegend() {
  return {
    title: 'Territoires proposés',
    note: 'Les couleurs ne font que séparer les voisins.',
    entries: [
      { sign: 'area' as const, label: 'un territoire' },
      { sign: 'outline' as const, label: 'dans la fourchette' },
      { sign: 'amber' as const, label: 'hors de la fourchette (⚠)' },
    ],
  };
}
