import { computed } from '@preact/signals';
import type { Cpts, CptsStatus } from '../../../../server/contracts/cpts.ts';
import { cptsSteps, filter, go, wholeFilter } from '../address.ts';
import { region } from '../analysis.ts';
import { unitsOf } from '../region.ts';
import { readyValue } from '../resource.ts';
import { cptsState } from './then.ts';

/** Every CPTS of the day shown, closed ones too; null until they are there. */
export const cptsOfDay = computed<readonly Cpts[] | null>(() => readyValue(cptsState.value));

/** Those of them that the filters keep. */
export const keptCpts = computed<readonly Cpts[]>(() => {
  const { steps, department } = filter.value;
  const all = cptsOfDay.value ?? [];
  if (steps.length === 0 && department === null) return all;
  return all.filter(
    (cpts) =>
      (steps.length === 0 || steps.includes(cpts.status)) &&
      (department === null || cpts.departments.includes(department)),
  );
});

/** A closed CPTS holds no territory any more. */
export const keptOpen = computed(() => keptCpts.value.filter(({ status }) => status !== 'closed'));

/** Units of each of them, in their order. */
export const keptUnits = computed<number[][]>(() => {
  const loaded = region.value;
  return loaded ? keptOpen.value.map((cpts) => unitsOf(loaded, cpts.units)) : [];
});

/** Units that no open CPTS of the day holds, in the department shown. */
export const uncoveredUnits = computed<number[]>(() => {
  const [loaded, all] = [region.value, cptsOfDay.value];
  if (!loaded || !all) return [];
  const held = new Uint8Array(loaded.count);
  for (const cpts of all) {
    if (cpts.status === 'closed') continue;
    for (const unit of unitsOf(loaded, cpts.units)) held[unit] = 1;
  }
  const { department } = filter.value;
  return [...held.keys()].filter(
    (unit) => !held[unit] && (department === null || loaded.department[unit] === department),
  );
});

export const isFiltered = computed(() => {
  const { steps, department } = filter.value;
  return steps.length > 0 || department !== null;
});

/** How many CPTS of the day are at each step, in the order of their life. */
export const stepCounts = computed<{ step: CptsStatus; count: number }[]>(() =>
  cptsSteps.map((step) => ({
    step,
    count: (cptsOfDay.value ?? []).filter(({ status }) => status === step).length,
  })),
);

/** Keeps a step, or no longer; the map and the lists follow. */
export function toggleStep(step: CptsStatus): void {
  const { steps } = filter.peek();
  const kept = steps.includes(step) ? steps.filter((one) => one !== step) : [...steps, step];
  go({ filter: { ...filter.peek(), steps: cptsSteps.filter((one) => kept.includes(one)) } });
}

export const keepDepartment = (department: string | null) =>
  go({ filter: { ...filter.peek(), department } });

/** The day stays: it says of when all is, and narrows nothing. */
export const keepAll = () => go({ filter: { ...wholeFilter, day: filter.peek().day } });
