import { computed, effect, untracked } from '@preact/signals';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import type { Overlap } from '../../../../server/contracts/overlaps.ts';
import { parisDay } from '../../../../server/core/life/days.ts';
import { fetchCptsOf, fetchOverlapsOf } from '../../api/control.ts';
import { filter, go, workspace } from '../address.ts';
import { cptsList, overlaps } from '../cpts.ts';
import { type Loadable, resource } from '../resource.ts';

/** Territories and steps as they were on the day that the address names. */
const cptsThen = resource<Cpts[]>();

/** Pairs that shared communes that day. */
const overlapsThen = resource<Overlap[]>();

export const today = () => parisDay(new Date());

/** The day shown; null for now. */
export const dayShown = computed(() => filter.value.day);

/** CPTS of the day shown, closed ones too. */
export const cptsState = computed<Loadable<readonly Cpts[]>>(() =>
  dayShown.value === null ? cptsList.state.value : cptsThen.state.value,
);

/** Pairs that share communes on the day shown. */
export const overlapsState = computed<Loadable<readonly Overlap[]>>(() =>
  dayShown.value === null ? overlaps.state.value : overlapsThen.state.value,
);

export const showDay = (day: string | null) => go({ filter: { ...filter.peek(), day } });

export function followDay(): () => void {
  return effect(() => {
    const [day, here] = [dayShown.value, workspace.value === 'control'];
    untracked(() => {
      if (here && day !== null) return read(day);
      cptsThen.clear();
      overlapsThen.clear();
    });
  });
}

export function retryDay(): void {
  const day = dayShown.peek();
  if (day !== null) read(day);
}

function read(day: string): void {
  void cptsThen.show(day, (signal) => fetchCptsOf(day, signal));
  void overlapsThen.show(day, (signal) => fetchOverlapsOf(day, signal));
}
