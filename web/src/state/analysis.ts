import { computed } from '@preact/signals';
import type { Destinations, FlowDataset } from '../../../server/contracts/flow-datasets.ts';
import type { Poles } from '../../../server/contracts/poles.ts';
import { fetchDestinations, fetchFlowDatasets, fetchPoles } from '../api/maillage.ts';
import { formatDecimal } from '../french/numbers.ts';
import { groupHues } from '../map/colours.ts';
import { address } from './address.ts';
import { boot } from './boot.ts';
import { populationOf, type Region } from './region.ts';
import { readyValue, resource } from './resource.ts';

export const datasets = resource<FlowDataset[]>();
export const poles = resource<Poles>();
export const destinations = resource<Destinations>();

export const region = computed<Region | null>(() =>
  boot.value.phase === 'ready' ? boot.value.region : null,
);

/** The flow dataset shown: the address's, else the server's, else the first one. */
export const datasetId = computed<number | null>(() => {
  const known = readyValue(datasets.state.value) ?? [];
  const wanted = address.value.dataset ?? region.value?.health.flowDataset?.id ?? null;
  if (known.some((dataset) => dataset.id === wanted)) return wanted;
  return known[0]?.id ?? wanted;
});

export const dataset = computed<FlowDataset | null>(
  () => readyValue(datasets.state.value)?.find(({ id }) => id === datasetId.value) ?? null,
);

/** « Flux modélisés α = 0,7 ; β = 8 km », or that they were counted. */
export function flowFact({ kind, parameters }: FlowDataset): string {
  if (kind === 'extract') return 'Flux extraits';
  const { alpha, betaKm } = parameters;
  if (typeof alpha !== 'number' || typeof betaKm !== 'number') return 'Flux modélisés';
  return `Flux modélisés α\u00a0=\u00a0${formatDecimal(alpha)}\u00a0; β\u00a0=\u00a0${formatDecimal(betaKm)}\u00a0km`;
}

export function labelOf(specialty: string): string {
  if (specialty === 'all') return 'Toutes spécialités';
  return dataset.value?.specialties.find(({ key }) => key === specialty)?.label ?? specialty;
}

/** The poles over the region's units: one group a pole, in the order of `poles`. */
export interface PoleMap {
  poles: Poles['poles'];
  /** `poles[group[unit]]` attracts the unit; -1 where no flow is known */
  group: Int32Array;
  rate: Float64Array;
  second: (string | null)[];
  /** hue of each pole */
  hues: Int32Array;
  groupOf: ReadonlyMap<string, number>;
}

export function makePoleMap(region: Region, answer: Poles): PoleMap {
  const groupOf = new Map(answer.poles.map(({ code }, group) => [code, group]));
  const group = new Int32Array(region.count).fill(-1);
  const rate = new Float64Array(region.count);
  const second: (string | null)[] = new Array(region.count).fill(null);
  for (const commune of answer.communes) {
    const unit = region.indexOf.get(commune.code);
    if (unit === undefined) continue;
    group[unit] = commune.pole === null ? -1 : (groupOf.get(commune.pole) ?? -1);
    rate[unit] = commune.rate;
    second[unit] = commune.second;
  }
  const hues = groupHues(region.adjacency, group, answer.poles.length);
  return { poles: answer.poles, group, rate, second, hues, groupOf };
}

export const poleMap = computed<PoleMap | null>(() => {
  const answer = readyValue(poles.state.value);
  return region.value && answer ? makePoleMap(region.value, answer) : null;
});

/** Communes attracted by a pole. */
export function catchment(map: PoleMap, code: string): number[] {
  const group = map.groupOf.get(code);
  const units: number[] = [];
  if (group === undefined) return units;
  for (let unit = 0; unit < map.group.length; unit++) {
    if (map.group[unit] === group) units.push(unit);
  }
  return units;
}

export const totalPopulation = computed(() =>
  region.value ? populationOf(region.value, region.value.population.keys()) : 0,
);

export const loadDatasets = () => datasets.show('all', (signal) => fetchFlowDatasets(signal));

export function loadPoles(id: number, specialty: string): void {
  void poles.show(`${id}/${specialty}`, (signal) => fetchPoles(id, specialty, signal));
}

export function loadDestinations(id: number, specialty: string, origin: string): void {
  void destinations.show(`${id}/${specialty}/${origin}`, (signal) =>
    fetchDestinations(id, specialty, origin, signal),
  );
}
