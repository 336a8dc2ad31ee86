import { signal } from '@preact/signals';
import {
  defaultProposalParameters,
  type ProposalParameters,
} from '../../../server/contracts/proposals.ts';
import type { ApiFailure } from '../api/client.ts';

/** What the form of a new run asks for; without a flow dataset, the one shown. */
export type Wishes = Omit<ProposalParameters, 'improves' | 'poleRun'>;

/** Kept while the panel shows something else. */
export const wishes = signal<Wishes>(defaultProposalParameters);

/** A scope without a department is a mistake once one was unticked or a run tried, not before. */
export const scopeTried = signal(false);

/** The form of a new run is unfolded, and the wishes folded in it: as they were left. */
export const formOpen = signal(false);
export const otherWishesOpen = signal(false);

export function wish(part: Partial<Wishes>): void {
  wishes.value = { ...wishes.peek(), ...part };
}

/** Leaves it to the engine. */
export function leaveFree(key: 'target' | 'territories' | 'flowDataset'): void {
  const { [key]: _, ...others } = wishes.peek();
  wishes.value = others;
}

export function resetWishes(): void {
  wishes.value = defaultProposalParameters;
  scopeTried.value = false;
}

/** Puts in the form what a run was asked, what it held of another one left out. */
export function takeUp(parameters: ProposalParameters): void {
  const { improves: _, poleRun: __, ...asked } = { ...defaultProposalParameters, ...parameters };
  wishes.value = asked;
  scopeTried.value = false;
}

/** The field of the form that sets how many territories there are. */
export const COUNT_FIELD = 'wished-territories';

/**
 * The form as it is sent: a pair of communes twice over is one. `shown` is the dataset of the panel.
 */
export function asked(form: Wishes, shown: number | null): Partial<ProposalParameters> {
  const flowDataset = form.flowDataset ?? shown;
  return {
    ...form,
    together: once(form.together),
    apart: once(form.apart),
    ...(flowDataset === null ? {} : { flowDataset }),
  };
}

function once<T extends string[]>(groups: T[]): T[] {
  return [...new Map(groups.map((codes) => [[...codes].sort().join(), codes])).values()];
}

/** Parts of the form; `whole` is what concerns none of them alone. */
export type Part = 'band' | 'specialty' | 'target' | 'scope' | 'pairs' | 'whole';

/** What the page sees by itself, before anything is sent; `nameOf` names a commune. */
export function contradictions(
  form: Wishes,
  nameOf: (code: string) => string = (code) => code,
): { part: Part; sentence: string }[] {
  const { floor, ceiling, target, scope } = form;
  const found: { part: Part; sentence: string }[] = [];
  if (floor > ceiling) {
    found.push({
      part: 'band',
      sentence: 'Le plancher dépasse le plafond\u00a0: abaissez l’un ou relevez l’autre.',
    });
  } else if (target !== undefined && (target < floor || target > ceiling)) {
    found.push({
      part: 'target',
      sentence: 'La population visée doit être entre le plancher et le plafond.',
    });
  }
  if (scope.kind === 'departments' && scope.codes.length === 0) {
    found.push({ part: 'scope', sentence: 'Cochez au moins un département.' });
  }
  const pairOf = (codes: string[]) => [...codes].sort().join();
  const together = new Set(form.together.map(pairOf));
  const both = form.apart.find((pair) => together.has(pairOf(pair)));
  if (both) {
    found.push({
      part: 'pairs',
      sentence: `${both.map(nameOf).join(' et ')} sont à la fois ensemble et séparées\u00a0: levez l’un des souhaits.`,
    });
  }
  return found;
}

/** Which part of the form a refusal of the server concerns. */
export function partOf({ code, details }: ApiFailure): Part {
  const told = (details ?? {}) as Record<string, unknown>;
  if (code === 'band_inverted') return 'band';
  if (code === 'unknown_specialty') return 'specialty';
  if ('departments' in told) return 'scope';
  if (code === 'unknown_units' || (code === 'contradictory_wishes' && 'units' in told)) {
    return 'pairs';
  }
  return 'whole';
}
