import { computed, effect, untracked } from '@preact/signals';
import type { Coverage } from '../../../../server/contracts/coverage.ts';
import { fetchCoverage } from '../../api/control.ts';
import { selection, workspace } from '../address.ts';
import { cptsList } from '../cpts.ts';
import { resource } from '../resource.ts';

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

/** Works them out again whenever a territory or a step changed, while Contrôler is shown. */
export function followCoverage(): () => void {
  return effect(() => {
    const state = cptsList.state.value;
    if (workspace.value !== 'control' || state.status !== 'ready') return;
    const key = state.value
      .map(({ id, version, status }) => `${id}.${version}.${status}`)
      .join(' ');
    untracked(() => void coverage.show(key, fetchCoverage));
  });
}

/** After a failure: the same question again. */
export function retryCoverage(): void {
  coverage.clear();
  void coverage.show('again', fetchCoverage);
}
