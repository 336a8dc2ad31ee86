import { computed, effect, untracked } from '@preact/signals';
import type {
  ProposalExplanation,
  UnitExplanation,
} from '../../../server/contracts/proposal-explanations.ts';
import { fetchExplanation, fetchUnitExplanation } from '../api/proposals.ts';
import { selection, view, workspace } from './address.ts';
import { proposal } from './proposals.ts';
import { readyValue, resource } from './resource.ts';

/** Why each territory of the proposal shown is what it is. */
export const explanation = resource<ProposalExplanation>();

/** What it would change to move the commune selected. */
export const unitExplanation = resource<UnitExplanation>();

/** The proposal that the map shows, once it is done. */
export const explained = computed<number | null>(() => {
  if (workspace.value !== 'analyse' || view.value !== 'territories') return null;
  const shown = readyValue(proposal.state.value);
  return shown?.status === 'done' ? shown.id : null;
});

export function loadExplanation(): void {
  const run = explained.peek();
  if (run !== null) void explanation.show(String(run), (signal) => fetchExplanation(run, signal));
}

export function loadUnitExplanation(): void {
  const [run, chosen] = [explained.peek(), selection.peek()];
  if (run === null || chosen?.kind !== 'unit') return;
  const { code } = chosen;
  void unitExplanation.show(`${run}/${code}`, (signal) => fetchUnitExplanation(run, code, signal));
}

/** Loads what the card shown explains. */
export function followExplanations(): () => void {
  const stops = [
    effect(() => {
      // Before a territory is chosen: the first explanation of a run takes the server a moment.
      if (explained.value !== null) untracked(loadExplanation);
    }),
    effect(() => {
      if (explained.value === null || selection.value?.kind !== 'unit') return;
      untracked(loadUnitExplanation);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
