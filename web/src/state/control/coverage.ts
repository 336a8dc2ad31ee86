import { computed, effect, untracked } from '@preact/signals';
import type { Coverage } from '../../../../server/contracts/coverage.ts';
import { fetchCoverage } from '../../api/control.ts';
import { selection, workspace } from '../address.ts';
import { cptsList } from '../cpts.ts';
import { resource } from '../resource.ts';
import { dayShown } from './then.ts';

/** Zones blanches, and the territories that call for a look. */
export const coverage = resource<Coverage>();

export type Zone = Coverage['zones'][number];

/** The zone blanche selected. */
export const selectedZone = computed<Zone | null>(() => {
  const [chosen, state] = [selection.value, coverage.state.value];
  if (chosen?.kind !== 'zone') return null;
  const known = state.status === 'ready' ? state.value : null;
  const before = state.status === 'loading' ? state.previous : null;
  const zones = (known ?? before)?.zones ?? [];
  return zones.find(({ units }) => units.includes(chosen.code)) ?? null;
});

/** Works them out again whenever a territory, a step or the day shown changed, while Contrôler is. */
export function followCoverage(): () => void {
  return effect(() => {
    const [state, day] = [cptsList.state.value, dayShown.value];
    if (workspace.value !== 'control' || state.status !== 'ready') return;
    const now = state.value
      .map(({ id, version, status }) => `${id}.${version}.${status}`)
      .join(' ');
    untracked(() => void show(day === null ? now : `at ${day}`, day));
  });
}

/** After a failure: the same question again. */
export function retryCoverage(): void {
  coverage.clear();
  void show('again', dayShown.peek());
}

const show = (key: string, day: string | null) =>
  coverage.show(key, (signal) => fetchCoverage(signal, day));
