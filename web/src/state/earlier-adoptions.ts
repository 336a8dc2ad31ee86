import { computed } from '@preact/signals';
import type { Proposal } from '../../../server/contracts/proposals.ts';
import { ApiFailure } from '../api/client.ts';
import { fetchProposal } from '../api/proposals.ts';
import { drawnOnce } from './adoption.ts';
import { openCpts } from './cpts.ts';
import { proposal } from './proposals.ts';
import { readyValue, resource } from './resource.ts';

/** Proposals that the one shown improves, the nearest first. */
const earlier = resource<Proposal[]>();

/** Far more than anyone improves in a row. */
const MOST = 12;

export function loadEarlier(run: Proposal): void {
  void earlier.show(String(run.id), async (signal) => {
    const found: Proposal[] = [];
    let id = run.parameters.improves?.proposal;
    while (id !== undefined && found.length < MOST) {
      const one = await known(id, signal);
      if (!one) break;
      found.push(one);
      id = one.parameters.improves?.proposal;
    }
    return found;
  });
}

/** Null for a proposal that was taken off the list since. */
async function known(id: number, signal: AbortSignal): Promise<Proposal | null> {
  try {
    return await fetchProposal(id, signal);
  } catch (cause) {
    if (cause instanceof ApiFailure && cause.status === 404) return null;
    throw cause;
  }
}

/**
 * CPTS adopted from the proposals that the one shown improves, by proposal: those that it does not
 * hold, and that nothing was done to, still cover what it divides anew.
 */
export const outdated = computed<{ run: number; cpts: number[] }[]>(() => {
  const shown = readyValue(proposal.state.value);
  if (!shown?.parameters.improves) return [];
  const here = new Set(shown.territories.map(({ cpts }) => cpts));
  const open = new Map(openCpts.value.map((cpts) => [cpts.id, cpts]));
  return (readyValue(earlier.state.value) ?? []).flatMap(({ id, territories }) => {
    const cpts = territories.flatMap((one) => {
      const draft = open.get(one.cpts ?? -1);
      return draft && !one.kept && !here.has(draft.id) && drawnOnce(draft) ? [draft.id] : [];
    });
    return cpts.length > 0 ? [{ run: id, cpts }] : [];
  });
});
