import { signal } from '@preact/signals';
import {
  defaultProposalParameters,
  type ProposalParameters,
} from '../../../server/contracts/proposals.ts';
import type { ApiFailure } from '../api/client.ts';

/** What the form of a new run asks for; the flow dataset is the one shown, not a wish. */
export type Wishes = Omit<ProposalParameters, 'flowDataset' | 'improves' | 'poleRun'>;

/** Kept while the panel shows something else. */
export const wishes = signal<Wishes>(defaultProposalParameters);

export function wish(part: Partial<Wishes>): void {
  wishes.value = { ...wishes.peek(), ...part };
}

/** Leaves it to the engine. */
export function leaveFree(key: 'target' | 'territories'): void {
  const { [key]: _, ...others } = wishes.peek();
  wishes.value = others;
}

export function resetWishes(): void {
  wishes.value = defaultProposalParameters;
}

/** The form as it is sent: a pair of communes twice over is one. */
export function asked(form: Wishes, flowDataset: number | null): Partial<ProposalParameters> {
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

/** What the page sees by itself, before anything is sent. */
export function contradictions(form: Wishes): { part: Part; sentence: string }[] {
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
  if (form.apart.some((pair) => together.has(pairOf(pair)))) {
    found.push({
      part: 'pairs',
      sentence: 'Deux communes sont à la fois ensemble et séparées\u00a0: levez l’un des souhaits.',
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
