import { effect, signal, untracked } from '@preact/signals';
import type { ProposalBound } from '../../../server/contracts/proposal-bounds.ts';
import type { ApiFailure } from '../api/client.ts';
import { fetchBound, startBound, stopBound } from '../api/proposals.ts';
import { announce } from './announce.ts';
import { explained } from './explanations.ts';
import { asFailure, readyValue, resource } from './resource.ts';

/** How much better than the proposal shown is possible at most, as far as it is known. */
export const bound = resource<ProposalBound>();

/** Why it could not be started or stopped. */
export const boundFailure = signal<ApiFailure | null>(null);

const POLL_MS = 700;

export function loadBound(): void {
  const run = explained.peek();
  if (run !== null) void bound.show(String(run), (aborted) => fetchBound(run, aborted));
}

export const prove = (run: number) => tell(run, startBound);
export const stopProof = (run: number) => tell(run, stopBound);

async function tell(run: number, ask: (run: number) => Promise<ProposalBound>): Promise<void> {
  boundFailure.value = null;
  try {
    const told = await ask(run);
    if (explained.peek() === run) bound.put(String(run), told);
  } catch (cause) {
    boundFailure.value = asFailure(cause);
  }
}

/** Reads the bound of the proposal shown, again and again while it is on its way. */
export function followBound(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stops = [
    effect(() => {
      boundFailure.value = null;
      if (explained.value !== null) untracked(loadBound);
    }),
    effect(() => {
      const told = readyValue(bound.state.value);
      clearTimeout(timer);
      if (told?.status !== 'queued' && told?.status !== 'running') return;
      timer = setTimeout(() => void again(told.run), POLL_MS);
    }),
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

async function again(run: number): Promise<void> {
  if (explained.peek() !== run) return;
  await tell(run, fetchBound);
  if (readyValue(bound.state.peek())?.status === 'done') announce('Preuve terminée.');
}
