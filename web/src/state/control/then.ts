import { computed, effect, untracked } from '@preact/signals';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { parisDay } from '../../../../server/core/life/days.ts';
import { fetchCptsOf } from '../../api/control.ts';
import { filter, go, workspace } from '../address.ts';
import { cptsList } from '../cpts.ts';
import { type Loadable, resource } from '../resource.ts';

/** Territories and steps as they were on the day that the address names. */
const cptsThen = resource<Cpts[]>();

export const today = () => parisDay(new Date());

/** The day shown; null for now. */
export const dayShown = computed(() => filter.value.day);

/** CPTS of the day shown, closed ones too. */
export const cptsState = computed<Loadable<readonly Cpts[]>>(() =>
  dayShown.value === null ? cptsList.state.value : cptsThen.state.value,
);

export const showDay = (day: string | null) => go({ filter: { ...filter.peek(), day } });

export function followDay(): () => void {
  return effect(() => {
    const day = dayShown.value;
    if (workspace.value !== 'control' || day === null) return untracked(cptsThen.clear);
    untracked(() => void cptsThen.show(day, (signal) => fetchCptsOf(day, signal)));
  });
}

export function retryDay(): void {
  const day = dayShown.peek();
  if (day !== null) void cptsThen.show(day, (signal) => fetchCptsOf(day, signal));
}
