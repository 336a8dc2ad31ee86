import type { ProposalParameters } from '../../contracts/proposals.ts';

/**
 * What the parameters of a run only name, as it was when the run began; units by code. It is kept with
 * the run, so that its proof and its explanation are about what it was asked, whatever is drawn since.
 */
export interface AsRead {
  /** the units that it divides; null: all */
  scope: string[] | null;
  /** recognised CPTS that it keeps */
  kept: { cpts: number; units: string[] }[];
  /** drafts that it holds just as they were drawn */
  held: { cpts: number; units: string[] }[];
  /** the units of each territory of the plan that it improves */
  improved: string[][] | null;
}

/** Whether the parameters name what may be drawn otherwise later. */
export function namesWhatChanges({ scope, keepCpts, improves }: ProposalParameters): boolean {
  return keepCpts || improves !== undefined || scope.kind === 'uncovered';
}

/** The same about the units of now: `meant` tells those that a unit of then is about. */
export function onUnitsOfNow(
  { scope, kept, held, improved }: AsRead,
  meant: (unit: string) => string[],
): AsRead {
  const now = (codes: readonly string[]) => [...new Set(codes.flatMap(meant))];
  const drawn = (sets: AsRead['kept']) =>
    sets.map(({ cpts, units }) => ({ cpts, units: now(units) }));
  return {
    scope: scope && now(scope),
    kept: drawn(kept),
    held: drawn(held),
    improved: improved?.map(now) ?? null,
  };
}
