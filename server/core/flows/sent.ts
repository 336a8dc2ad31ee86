import { millionths } from '../poles/outcome.ts';

/** Patients a year sent somewhere: those known, and the masked cells beside (1 to 10 each). */
export interface Sent {
  patients: number;
  masked: number;
}

/** What flows say of a choice between receivers; `masked` where masked cells could turn it round. */
export type FlowWord = 'known' | 'masked' | 'none';

/**
 * Millionths of patients, each masked cell counted as so many: sums of fractions differ in their
 * last bits with their order.
 */
export function countSent({ patients, masked }: Sent, each: number): number {
  return millionths(patients + each * masked);
}

/** What the flows say of `first` being chosen before `others`. */
export function flowWord(first: Sent, others: readonly Sent[]): FlowWord {
  const all = [first, ...others];
  if (all.every((sent) => countSent(sent, 10) === 0)) return 'none';
  const least = countSent(first, 1);
  const turned = others.some(
    (sent) => first.masked + sent.masked > 0 && countSent(sent, 10) >= least,
  );
  return turned ? 'masked' : 'known';
}
