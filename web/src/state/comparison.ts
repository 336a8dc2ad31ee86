import { computed, effect, untracked } from '@preact/signals';
import type { PoleComparison, PoleRun } from '../../../server/contracts/poles.ts';
import { fetchPoleComparison, fetchPoleRuns } from '../api/maillage.ts';
import { keepInView, restoreView } from '../map/main-map.ts';
import { address, go, selection, view, workspace } from './address.ts';
import { datasets, otherPoles, poleChoice, poles } from './analysis.ts';
import { announce } from './announce.ts';
import { isPhone, rightOpen } from './panels.ts';
import type { PoleChoice } from './pole-map.ts';
import { type Region, unitsOf } from './region.ts';
import { readyValue, resource } from './resource.ts';

/** What the map of poles is compared with, where it is shown. */
export const compared = computed<PoleChoice | null>(() =>
  workspace.value === 'analyse' && view.value === 'poles' ? address.value.compared : null,
);

/** The communes that change pole from the first map to the second. */
export const comparison = resource<PoleComparison>();

/** Analyses of the dataset of the second map. */
export const otherRuns = resource<PoleRun[]>();

export function loadOtherRuns(dataset: number): void {
  void otherRuns.show(String(dataset), (signal) => fetchPoleRuns(dataset, signal));
}

/** Loads the second map and what changes, as the address names them. */
export function followComparison(): () => void {
  const stops = [
    followDetail(),
    effect(() => {
      const choice = compared.value;
      // Waits for the list, as the first map does.
      const ready = datasets.state.value.status === 'ready';
      untracked(() => {
        if (!choice) return otherPoles.clear();
        if (!ready) return;
        otherPoles.show(choice);
        loadOtherRuns(choice.dataset);
      });
    }),
    effect(() => {
      if (!compared.value) return untracked(comparison.clear);
      // Two answers that are there: while either loads, the figures of before stay with the maps.
      if (poles.state.value.status !== 'ready' || otherPoles.state.value.status !== 'ready') return;
      untracked(loadComparison);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Two maps and both panels leave each map less than this, px. */
const TWO_MAPS = '(max-width: 1599px)';

/**
 * While two maps are shown and nothing is selected, the panel of details has nothing to say and the
 * second map takes its room; a commune clicked opens it again, as leaving the comparison does.
 */
function followDetail(): () => void {
  let folded = false;
  return effect(() => {
    const two = compared.value !== null;
    untracked(() => {
      if (two && selection.peek() === null && !isPhone.peek() && matchMedia(TWO_MAPS).matches) {
        folded = rightOpen.peek();
        if (folded) rightOpen.value = false;
      } else if (!two && folded) {
        folded = false;
        if (!isPhone.peek()) rightOpen.value = true;
      }
    });
  });
}

export function loadComparison(): void {
  const one = readyValue(poles.state.peek())?.parameters;
  const other = readyValue(otherPoles.state.peek())?.parameters;
  if (!one || !other) return;
  const key = [one.run, one.specialty, other.run, other.specialty].join('/');
  void comparison.show(key, (signal) => fetchPoleComparison(one, other, signal));
}

/** Opens a second map on what is likely wanted: all specialties beside one, one beside all. */
export function compare(): void {
  const shown = poleChoice.peek();
  if (!shown || compared.peek()) return;
  const used = readyValue(datasets.state.peek())?.find(({ id }) => id === shown.dataset);
  const first = used?.specialties[0]?.key ?? 'all';
  keepInView();
  go({ compared: { ...shown, specialty: shown.specialty === 'all' ? first : 'all' } });
  announce('Deux cartes côte à côte.');
}

export function leaveComparison(): void {
  if (!compared.peek()) return;
  restoreView();
  go({ compared: null });
  announce('Une seule carte.');
}

/** The map on the right goes to the left, and the other way round. */
export function swapSides(): void {
  const [left, right] = [poleChoice.peek(), compared.peek()];
  if (!left || !right) return;
  const { dataset, run, specialty } = right;
  go({ dataset, analysis: run, specialty, compared: left });
}

/** Units that change pole. */
export function changedUnits(region: Region, { communes }: PoleComparison): number[] {
  return unitsOf(
    region,
    communes.map(({ code }) => code),
  );
}

/** « Cardiologie », and of which flows or analysis where the two sides differ by that. */
export function sideLabel(side: PoleChoice, otherSide: PoleChoice | null): string {
  const used = readyValue(datasets.state.value)?.find(({ id }) => id === side.dataset);
  const label = used?.specialties.find(({ key }) => key === side.specialty)?.label;
  return [
    side.specialty === 'all' ? 'Toutes spécialités' : (label ?? side.specialty),
    ...(otherSide?.dataset === side.dataset ? [] : [`jeu nᵒ\u00a0${side.dataset}`]),
    ...(otherSide?.run === side.run
      ? []
      : [side.run === null ? 'analyse par défaut' : `analyse nᵒ\u00a0${side.run}`]),
  ].join(' · ');
}
