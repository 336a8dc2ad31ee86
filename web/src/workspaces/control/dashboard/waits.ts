import type { Cpts } from '../../../../../server/contracts/cpts.ts';

/** What a CPTS waits for: a word on its new territory, on its project, on its first territory. */
export type Waiting = 'version' | 'project' | 'territory';

export function waitsFor({ status, proposed }: Pick<Cpts, 'status' | 'proposed'>): Waiting | null {
  if (status === 'closed') return null;
  if (proposed !== null) return 'version';
  if (status === 'project_submitted') return 'project';
  return status === 'letter_of_intent' ? 'territory' : null;
}

/**
 * CPTS that wait for a decision, what presses first: projects by the day that they are deemed
 * validated, then proposed versions and territories asked for, those that wait longest first.
 */
export function waitingFirst(all: readonly Cpts[]): Cpts[] {
  const lastDay = (cpts: Cpts) => cpts.deemedValidatedOn ?? '9999';
  return all
    .filter((cpts) => waitsFor(cpts) !== null)
    .sort((p, q) => compare(lastDay(p), lastDay(q)) || compare(p.since, q.since) || p.id - q.id);
}

const compare = (p: string, q: string) => (p < q ? -1 : Number(p > q));
