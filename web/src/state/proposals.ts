import { computed, signal } from '@preact/signals';
import type {
  Proposal,
  ProposalParameters,
  ProposalSummary,
} from '../../../server/contracts/proposals.ts';
import type { ApiFailure } from '../api/client.ts';
import { cancelProposal, fetchProposal, fetchProposals, startProposal } from '../api/maillage.ts';
import { groupHues } from '../map/colours.ts';
import { address, go } from './address.ts';
import { region } from './analysis.ts';
import { announce } from './announce.ts';
import { type Region, unitsOf } from './region.ts';
import { asFailure, readyValue, resource } from './resource.ts';

export type Territory = Proposal['territories'][number];

export const runs = resource<ProposalSummary[]>();
export const proposal = resource<Proposal>();

/** The run under way that this page started or found, watched until it ends. */
export const underWay = signal<ProposalSummary | null>(null);
export const startFailure = signal<ApiFailure | null>(null);

/** Run shown: the address's, else the latest that is done. */
export const runId = computed<number | null>(() => {
  if (address.value.run !== null) return address.value.run;
  const done = (readyValue(runs.state.value) ?? []).filter(({ status }) => status === 'done');
  return done.reduce<number | null>((latest, { id }) => Math.max(latest ?? 0, id), null);
});

export interface TerritoryMap {
  proposal: Proposal;
  /** index in `proposal.territories` of each unit; -1 where none */
  group: Int32Array;
  /** units of each territory */
  units: number[][];
  hues: Int32Array;
}

export function makeTerritoryMap(region: Region, proposal: Proposal): TerritoryMap {
  const group = new Int32Array(region.count).fill(-1);
  const units = proposal.territories.map((territory) => unitsOf(region, territory.units));
  units.forEach((members, index) => {
    for (const unit of members) group[unit] = index;
  });
  const hues = groupHues(region.adjacency, group, units.length);
  return { proposal, group, units, hues };
}

export const territoryMap = computed<TerritoryMap | null>(() => {
  const shown = readyValue(proposal.state.value);
  return region.value && shown ? makeTerritoryMap(region.value, shown) : null;
});

export const loadRuns = () => runs.show('all', (signal) => fetchProposals(signal));

export function loadProposal(id: number): void {
  void proposal.show(String(id), (signal) => fetchProposal(id, signal));
}

const isOver = ({ status }: ProposalSummary) => status !== 'queued' && status !== 'running';

/** Starts a run and watches it; shows it when it is done. */
export async function propose(parameters: Partial<ProposalParameters>): Promise<void> {
  startFailure.value = null;
  try {
    const run = await startProposal(parameters);
    underWay.value = run;
    announce('Proposition lancée.');
    await watch(run.id);
  } catch (cause) {
    underWay.value = null;
    startFailure.value = asFailure(cause);
  }
}

export async function watch(id: number, pollMs = 600): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    const run = await fetchProposal(id);
    if (!isOver(run)) {
      underWay.value = run;
      continue;
    }
    underWay.value = null;
    if (run.status === 'done') {
      proposal.put(String(id), run);
      announce(`Proposition ${id} terminée\u00a0: ${run.territories.length} territoires.`);
      go({ view: 'territories', run: id, selection: null });
    } else {
      announce(`Proposition ${id} arrêtée.`);
    }
    runs.clear();
    await loadRuns();
    return;
  }
}

export async function cancel(id: number): Promise<void> {
  try {
    await cancelProposal(id);
  } catch (cause) {
    startFailure.value = asFailure(cause);
  }
}
