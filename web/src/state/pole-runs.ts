import { effect, signal, untracked } from '@preact/signals';
import {
  defaultPoleParameters,
  type PoleParameters,
  type PoleProfile,
  type PoleRun,
} from '../../../server/contracts/poles.ts';
import type { ApiFailure } from '../api/client.ts';
import { analysePoles, fetchPoleProfile, fetchPoleRuns } from '../api/maillage.ts';
import { go } from './address.ts';
import { datasetId } from './analysis.ts';
import { announce } from './announce.ts';
import { asFailure, resource } from './resource.ts';

/** Analyses of the dataset shown. */
export const poleRuns = resource<PoleRun[]>();
/** The pole selected, over every specialty. */
export const profile = resource<PoleProfile>();

/** When the analysis waited for was asked; null when none is. */
export const askedAt = signal<number | null>(null);
/** Why the last one asked did not come. */
export const analysisFailure = signal<ApiFailure | null>(null);
/** The last one was given up, and the server stopped it. */
export const givenUp = signal(false);

let waiting: AbortController | null = null;

export function loadPoleRuns(dataset: number): void {
  void poleRuns.show(String(dataset), (signal) => fetchPoleRuns(dataset, signal));
}

export function loadProfile(run: number, code: string): void {
  void profile.show(`${run}/${code}`, (signal) => fetchPoleProfile(run, code, signal));
}

/** Finds the poles with these parameters and shows them; one analysis is waited for at a time. */
export async function analyse(dataset: number, parameters: PoleParameters): Promise<void> {
  if (waiting) return;
  const controller = new AbortController();
  waiting = controller;
  askedAt.value = Date.now();
  analysisFailure.value = null;
  givenUp.value = false;
  try {
    const run = await analysePoles(dataset, parameters, controller.signal);
    poleRuns.clear();
    loadPoleRuns(dataset);
    go({ dataset, analysis: isDefault(run.parameters) ? null : run.id });
    announce('Analyse terminée\u00a0: la carte et le tableau la montrent.');
  } catch (cause) {
    if (controller.signal.aborted) givenUp.value = true;
    else analysisFailure.value = asFailure(cause);
  } finally {
    waiting = null;
    askedAt.value = null;
  }
}

/** Stops the analysis under way: the server hears that nobody waits for it any more. */
export function giveUp(): void {
  waiting?.abort();
}

/** An analysis of a dataset that is no longer shown must not come back over another. */
export function followDataset(): () => void {
  let before = datasetId.peek();
  return effect(() => {
    const now = datasetId.value;
    if (now === before) return;
    before = now;
    untracked(() => {
      giveUp();
      analysisFailure.value = null;
      givenUp.value = false;
    });
  });
}

export function isDefault(parameters: PoleParameters): boolean {
  const { weights, ...rest } = defaultPoleParameters;
  const same = Object.entries(rest).every(
    ([key, value]) => parameters[key as keyof typeof rest] === value,
  );
  return same && Object.values(parameters.weights).every((weight) => weight === 1);
}
