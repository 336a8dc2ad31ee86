import { computed, signal } from '@preact/signals';
import type { Cpts } from '../../../server/contracts/cpts.ts';
import type { ApiFailure } from '../api/client.ts';
import { adoptProposal, undoAdoption } from '../api/proposals.ts';
import { counted } from '../french/numbers.ts';
import { announce } from './announce.ts';
import { openCpts, refreshCpts } from './cpts.ts';
import { proposal, type Territory } from './proposals.ts';
import { asFailure, readyValue } from './resource.ts';

/** An adoption is on its way. */
export const adopting = signal(false);
/** Why territories could not be adopted. */
export const adoptionFailure = signal<{ run: number; error: ApiFailure } | null>(null);

/** Territories of the proposal shown that are no CPTS yet: what « adopter tous » would create. */
export const notAdopted = computed<Territory[]>(
  () =>
    readyValue(proposal.state.value)?.territories.filter(({ cpts }) => (cpts ?? null) === null) ??
    [],
);

/** Those that keep or hold a CPTS of before: nobody adopted them. */
export const keptTerritories = computed<Territory[]>(
  () => readyValue(proposal.state.value)?.territories.filter(({ kept }) => kept) ?? [],
);

/** CPTS adopted from the proposal shown, as they are drawn now: closed ones hold nothing. */
const drafts = computed(() => {
  const adopted = new Set(readyValue(proposal.state.value)?.territories.map(({ cpts }) => cpts));
  return openCpts.value.filter(({ id }) => adopted.has(id));
});

/** Makes a draft of every territory that is none yet. */
export async function adoptAll(run: number): Promise<void> {
  if (adopting.peek()) return;
  adopting.value = true;
  adoptionFailure.value = null;
  try {
    const { created } = await adoptProposal(run, {});
    noteAdopted(run, new Map(created.map(({ territory, cpts }) => [territory, cpts])));
    announce(
      `${counted(created.length, 'CPTS créée', 'CPTS créées')} à l’étape «\u00a0Idée\u00a0».`,
    );
    void refreshCpts();
  } catch (cause) {
    adoptionFailure.value = { run, error: asFailure(cause) };
  } finally {
    adopting.value = false;
  }
}

/** Nothing was drawn in it, and no step taken, since it was made. */
export const drawnOnce = ({ status, version }: Cpts) => status === 'idea' && version === 1;

/** Drafts of the proposal shown that were drawn once: what the adoption may still be taken back of. */
export const takenBack = computed(() => {
  const kept = new Set(keptTerritories.value.map(({ cpts }) => cpts));
  return drafts.value.filter((draft) => drawnOnce(draft) && !kept.has(draft.id));
});

/** Removes drafts that nothing was done to since their adoption. */
export async function takeBack(run: number, cpts: readonly number[]): Promise<void> {
  if (adopting.peek()) return;
  adopting.value = true;
  adoptionFailure.value = null;
  try {
    const { removed, kept } = await undoAdoption(run, { cpts: [...cpts] });
    const gone = new Set(removed);
    const territories = readyValue(proposal.state.peek())?.territories ?? [];
    const freed = territories.filter((one) => gone.has(one.cpts ?? -1));
    noteAdopted(run, new Map(freed.map(({ id }) => [id, null])));
    const told = `${counted(removed.length, 'CPTS supprimée', 'CPTS supprimées')}\u00a0: adoption annulée.`;
    const left = `${counted(kept.length, 'CPTS modifiée ou partagée depuis reste', 'CPTS modifiées ou partagées depuis restent')}.`;
    announce(kept.length > 0 ? `${told} ${left}` : told);
    await refreshCpts();
  } catch (cause) {
    adoptionFailure.value = { run, error: asFailure(cause) };
  } finally {
    adopting.value = false;
  }
}

/** Puts in the proposal shown which CPTS its territories have become; null: none any more. */
export function noteAdopted(run: number, cptsOf: ReadonlyMap<number, number | null>): void {
  const shown = readyValue(proposal.state.peek());
  if (shown?.id !== run) return;
  const territories = shown.territories.map((territory) => {
    const cpts = cptsOf.get(territory.id);
    return cpts === undefined ? territory : { ...territory, cpts };
  });
  proposal.put(String(run), { ...shown, territories });
}
