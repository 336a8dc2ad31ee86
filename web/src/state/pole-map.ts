import { computed, type ReadonlySignal } from '@preact/signals';
import type { Poles } from '../../../server/contracts/poles.ts';
import { fetchPoles } from '../api/maillage.ts';
import { groupHues, sharedHues } from '../map/colours.ts';
import { outsideLabel, type Region, unitsOf } from './region.ts';
import { type Loadable, readyValue, resource } from './resource.ts';

/** What of an analysis is shown: a run of a dataset, by specialty or `all`. */
export interface PoleChoice {
  dataset: number;
  /** null: the dataset's default run */
  run: number | null;
  specialty: string;
}

/** The poles over the region's units: one group a pole, in the order of `poles`. */
export interface PoleMap {
  /** the run, its dataset, its specialty and what it was asked */
  parameters: Poles['parameters'];
  poles: Poles['poles'];
  /** `poles[group[unit]]` attracts the unit; -1 where none does */
  group: Int32Array;
  /** the figures of each unit; null where no flow is known */
  communes: (Poles['communes'][number] | null)[];
  /** hue of each pole */
  hues: Int32Array;
  groupOf: ReadonlyMap<string, number>;
}

export function makePoleMap(region: Region, answer: Poles): PoleMap {
  const groupOf = new Map(answer.poles.map(({ code }, group) => [code, group]));
  const group = new Int32Array(region.count).fill(-1);
  const communes: PoleMap['communes'] = new Array(region.count).fill(null);
  for (const commune of answer.communes) {
    const units = unitsOf(region, [commune.code]);
    for (const unit of units) {
      // A part has its commune's pole, and of its patients a share by population.
      communes[unit] =
        units.length > 1 ? { ...commune, patients: partOf(commune.patients, unit) } : commune;
      if (commune.pole !== null) group[unit] = groupOf.get(commune.pole) ?? -1;
    }
  }
  function partOf(patients: number, unit: number): number {
    const whole = region.wholeOf.get(unit);
    return whole?.population ? (patients * region.population[unit]!) / whole.population : patients;
  }
  const hues = groupHues(region.adjacency, group, answer.poles.length);
  const poles = answer.poles.map((pole) =>
    unitsOf(region, [pole.code]).length > 0 ? pole : { ...pole, name: outsideLabel(pole.code) },
  );
  return { parameters: answer.parameters, poles, group, communes, hues, groupOf };
}

/** Two maps such that a pole has one hue on both, and neighbours on either never the same. */
export function shareHues({ adjacency }: Region, one: PoleMap, other: PoleMap) {
  const hueOf = sharedHues(adjacency, sideOf(one), sideOf(other));
  const rehued = (map: PoleMap): PoleMap => ({
    ...map,
    hues: Int32Array.from(map.poles, ({ code }) => hueOf.get(code) ?? 0),
  });
  return { one: rehued(one), other: rehued(other) };
}

const sideOf = ({ poles, group, hues }: PoleMap) => ({
  keys: poles.map(({ code }) => code),
  group,
  hues,
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

/** One map of poles and how it comes: the page holds as many as it shows maps. */
export interface PoleStore {
  state: ReadonlySignal<Loadable<Poles>>;
  map: ReadonlySignal<PoleMap | null>;
  /** Loads a choice unless it is there already; the one before stays meanwhile. */
  show(choice: PoleChoice): void;
  clear(): void;
  put(answer: Poles): void;
}

export function poleStore(region: ReadonlySignal<Region | null>): PoleStore {
  const answers = resource<Poles>();
  const keyOf = ({ dataset, run, specialty }: PoleChoice) =>
    `${dataset}/${run ?? 'default'}/${specialty}`;
  return {
    state: answers.state,
    map: computed(() => {
      const answer = readyValue(answers.state.value);
      return region.value && answer ? makePoleMap(region.value, answer) : null;
    }),
    show: (choice) => void answers.show(keyOf(choice), (signal) => fetchPoles(choice, signal)),
    clear: answers.clear,
    put: (answer) => answers.put(keyOf(answer.parameters), answer),
  };
}
