import { computed } from '@preact/signals';
import type { FlowDataset } from '../../../server/contracts/flow-datasets.ts';
import { fetchFlowDatasets } from '../api/maillage.ts';
import { counted, formatDecimal } from '../french/numbers.ts';
import { address, analysis, specialty } from './address.ts';
import { boot, served } from './boot.ts';
import { type PoleChoice, type PoleMap, poleStore, shareHues } from './pole-map.ts';
import { populationOf, type Region } from './region.ts';
import { readyValue, resource } from './resource.ts';

export const datasets = resource<FlowDataset[]>();

export const region = computed<Region | null>(() =>
  boot.value.phase === 'ready' ? boot.value.region : null,
);

/** The map of poles that the address names. */
export const poles = poleStore(region);
/** The one it is compared with, while it is. */
export const otherPoles = poleStore(region);

const inSharedHues = computed(() => {
  const [one, other] = [poles.map.value, otherPoles.map.value];
  return region.value && one && other ? shareHues(region.value, one, other) : { one, other };
});
export const poleMap = computed<PoleMap | null>(() => inSharedHues.value.one);
export const otherPoleMap = computed<PoleMap | null>(() => inSharedHues.value.other);

/** The flow dataset shown: the address's, else the server's, else the first one. */
export const datasetId = computed<number | null>(() => {
  const known = readyValue(datasets.state.value) ?? [];
  const wanted = address.value.dataset ?? served.value?.flowDataset?.id ?? null;
  if (known.some((dataset) => dataset.id === wanted)) return wanted;
  return known[0]?.id ?? wanted;
});

export const dataset = computed<FlowDataset | null>(
  () => readyValue(datasets.state.value)?.find(({ id }) => id === datasetId.value) ?? null,
);

export const datasetOf = (id: number | null | undefined): FlowDataset | null =>
  readyValue(datasets.state.value)?.find((one) => one.id === id) ?? null;

/** Masked cells for one specialty or all of them, of the dataset shown unless another is given. */
export function maskedCells(specialty = 'all', of: FlowDataset | null = dataset.value): number {
  const cells = of?.specialties ?? [];
  return cells
    .filter(({ key }) => specialty === 'all' || key === specialty)
    .reduce((sum, each) => sum + each.maskedCells, 0);
}

/** « Flux modélisés α = 0,7 ; β = 8 km, 2 spécialités à part », or that they were counted. */
export function flowFact({ kind, parameters }: Pick<FlowDataset, 'kind' | 'parameters'>): string {
  if (kind === 'extract') return 'Flux extraits';
  const { alpha, betaKm, betaMinutes, specialties } = parameters;
  const beta = typeof betaMinutes === 'number' ? betaMinutes : betaKm;
  if (typeof alpha !== 'number' || typeof beta !== 'number') return 'Flux modélisés';
  const unit = beta === betaMinutes ? 'min de trajet' : 'km';
  const own = Object.keys(specialties ?? {}).length;
  const more = own > 0 ? `, ${counted(own, 'spécialité')} à part` : '';
  return `Flux modélisés α\u00a0=\u00a0${formatDecimal(alpha)}\u00a0; β\u00a0=\u00a0${formatDecimal(beta)}\u00a0${unit}${more}`;
}

/** The name of a specialty, of the dataset shown unless another is given. */
export function labelOf(specialty: string, of: FlowDataset | null = dataset.value): string {
  if (specialty === 'all') return 'Toutes spécialités';
  return of?.specialties.find(({ key }) => key === specialty)?.label ?? specialty;
}

export const totalPopulation = computed(() =>
  region.value ? populationOf(region.value, region.value.population.keys()) : 0,
);

export const loadDatasets = () => datasets.show('all', (signal) => fetchFlowDatasets(signal));

/** What the address asks the map of poles to show; null while no dataset is known. */
export const poleChoice = computed<PoleChoice | null>(() =>
  datasetId.value === null
    ? null
    : { dataset: datasetId.value, run: analysis.value, specialty: specialty.value },
);

export function loadPoles(): void {
  const choice = poleChoice.peek();
  if (choice) poles.show(choice);
}
