import { computed } from '@preact/signals';
import { counted } from '../../french/numbers.ts';
import type { Arrow, Scene } from '../../map/scene.ts';
import type { LegendEntry } from '../../shell/legend.tsx';
import { go, select, selection, specialty, view } from '../../state/address.ts';
import { labelOf, maskedCells, poleMap, poles, region } from '../../state/analysis.ts';
import { compared } from '../../state/comparison.ts';
import { rest, restingOn } from '../../state/hover.ts';
import type { PoleMap } from '../../state/pole-map.ts';
import { proposal, runs, territoryMap } from '../../state/proposals.ts';
import { type Region, unitOf } from '../../state/region.ts';
import { regionFlows } from '../../state/region-flows.ts';
import { readyValue } from '../../state/resource.ts';
import type { WorkspaceDefinition } from '../registry.ts';
import { selectPole } from '../tables/poles.ts';
import { changedLegend, poleFact, secondMap, withChanges } from './compare/second-map.ts';
import { sidesLegend, withSides } from './compare-runs/map.ts';
import { AnalyseDetail } from './detail.tsx';
import { AnalysePanel } from './panel.tsx';
import { placedLegend, withPlaced } from './placed-marks.ts';
import { destinationArrows, originArrows, poleScene, proposalScene } from './scene.ts';
import { analyseSheet } from './sheet.ts';

/** The map without its arrows, so that a pointer that moves over it redraws nothing else. */
const ground = computed<Scene | null>(() => {
  const [loaded, map] = [region.value, poleMap.value];
  return loaded && map && withChanges(poleScene(loaded, map, selection.value, null), loaded);
});

/** Flows of what is selected; those of the commune under the pointer while nothing is. */
const arrows = computed<Arrow[]>(() => {
  const [loaded, flows, chosen] = [region.value, regionFlows.value, selection.value];
  if (!loaded || !flows) return [];
  if (chosen?.kind === 'pole') {
    const pole = unitOf(loaded, chosen.code);
    return pole === undefined ? [] : originArrows(loaded, flows, pole);
  }
  const unit = chosen?.kind === 'unit' ? loaded.indexOf.get(chosen.code) : restingOn.value;
  return unit == null ? [] : destinationArrows(loaded, flows, unit);
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
    return ground.value && { ...ground.value, arrows: arrows.value };
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

function poleLegend() {
  const map = poleMap.value;
  const count = (is: (commune: PoleMap['communes'][number]) => boolean) =>
    map?.communes.filter(is).length ?? 0;
  const poleless = count((commune) => commune?.pole === null);
  const bare = count((commune) => commune === null);
  const masked = maskedCells(specialty.value) > 0;
  const fragile = count((commune) => commune?.fragile === true);
  const entries: LegendEntry[] = [
    { sign: 'area', label: 'une couleur par pôle' },
    { sign: 'circle', label: 'pôle, par habitants attirés' },
  ];
  if (selection.value) entries.push({ sign: 'arrow', label: 'dix plus grands flux' });
  if (masked)
    entries.push({ sign: 'fragile', label: `pôle fragile (${counted(fragile, 'commune')})` });
  if (poleless > 0)
    entries.push({
      sign: 'poleless',
      label: `sans pôle (${counted(poleless, 'commune')})`,
    });
  if (bare > 0 && map)
    entries.push({ sign: 'bare', label: `aucun flux (${counted(bare, 'commune')})` });
  entries.push(...changedLegend());
  const note = compared.value
    ? 'Un pôle a la même couleur sur les deux cartes.'
    : labelOf(specialty.value);
  return { title: 'Pôle d’attraction principal', note, entries };
}

function territoryLegend() {
  return {
    title: 'Territoires proposés',
    note: 'Les couleurs ne font que séparer les voisins.',
    entries: [
      { sign: 'area' as const, label: 'un territoire' },
      { sign: 'outline' as const, label: 'dans la fourchette' },
      { sign: 'amber' as const, label: 'hors de la fourchette (⚠)' },
      ...placedLegend(),
      ...sidesLegend(),
    ],
  };
}
