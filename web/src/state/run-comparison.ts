import { computed, effect, untracked } from '@preact/signals';
import type { ProposalComparison } from '../../../server/contracts/proposal-comparisons.ts';
import type { Proposal } from '../../../server/contracts/proposals.ts';
import { fetchProposal, fetchProposalComparison } from '../api/proposals.ts';
import { address, go, view, workspace } from './address.ts';
import { announce } from './announce.ts';
import { runId, runs } from './proposals.ts';
import { readyValue, resource } from './resource.ts';

/** The run that the proposal shown is compared with, where both are shown. */
export const comparedRun = computed<number | null>(() => {
  if (workspace.value !== 'analyse' || view.value !== 'territories') return null;
  const other = address.value.comparedRun;
  return other === runId.value ? null : other;
});

export const runComparison = resource<ProposalComparison>();

/** The other run, for the names of its territories. */
export const otherProposal = resource<Proposal>();

/** Runs that the one shown can be compared with. */
export const comparableRuns = computed(() =>
  (readyValue(runs.state.value) ?? []).filter(
    ({ id, status }) => status === 'done' && id !== runId.value,
  ),
);

export function loadRunComparison(): void {
  const [one, other] = [runId.peek(), comparedRun.peek()];
  if (one === null || other === null) return;
  void runComparison.show(`${one}/${other}`, (signal) =>
    fetchProposalComparison(one, other, signal),
  );
  void otherProposal.show(String(other), (signal) => fetchProposal(other, signal));
}

/** Loads what changes, as the address names the two runs. */
export function followRunComparison(): () => void {
  return effect(() => {
    const shown = comparedRun.value !== null && runId.value !== null;
    untracked(() => {
      if (shown) loadRunComparison();
      else runComparison.clear();
    });
  });
}

/** Null leaves the comparison. */
export function compareRuns(other: number | null): void {
  go({ comparedRun: other });
  announce(other === null ? 'Comparaison quittée.' : `Comparaison avec la proposition ${other}.`);
}
