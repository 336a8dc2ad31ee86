import { computed, signal } from '@preact/signals';
import type {
  Proposal,
  ProposalParameters,
  ProposalSummary,
} from '../../../server/contracts/proposals.ts';
import type { ApiFailure } from '../api/client.ts';
import {
  cancelProposal,
  fetchProposal,
  fetchProposals,
  followProposal,
  removeProposal,
  startProposal,
} from '../api/proposals.ts';
import { isOver } from '../api/run-events.ts';
import { runStatusLabels } from '../french/labels.ts';
import { groupHues } from '../map/colours.ts';
import { address, go, workspace } from './address.ts';
import { region } from './analysis.ts';
import { announce } from './announce.ts';
import { formOpen } from './proposal-wishes.ts';
import { type Region, unitsOf } from './region.ts';
import { asFailure, readyValue, resource } from './resource.ts';

export type Territory = Proposal['territories'][number];

/** Share of the care of its residents under which a territory is said to keep almost none. */
export const LITTLE_CARE = 0.05;

/** False where no care is known. */
export const keepsLittleCare = ({ li }: Territory) => li !== null && li < LITTLE_CARE;

export const runs = resource<ProposalSummary[]>();
export const proposal = resource<Proposal>();

/** The request for a run is sent and not answered yet. */
export const starting = signal(false);
/** The run under way that this page started or found, followed until it ends. */
export const underWay = signal<ProposalSummary | null>(null);
/** The run that ended last, for what the page says of it. */
export const lastEnd = signal<ProposalSummary | null>(null);
/** Why a run could not be started, cancelled or followed. */
export const runFailure = signal<ApiFailure | null>(null);
/** Why the run under way has been without news for several questions. */
export const pollTrouble = signal<ApiFailure | null>(null);

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

/** Runs that this page started: only those may change what it shows when they end. */
const startedHere = new Set<number>();

export const isStartedHere = (id: number) => startedHere.has(id);

/** Runs that the server refuses to speak of: asking again would never end. */
const lost = new Set<number>();

export const propose = (parameters: Partial<ProposalParameters>) =>
  startRun(() => startProposal(parameters));

/** Starts a run and follows it to its end; does nothing while one is on its way. */
export async function startRun(send: () => Promise<ProposalSummary>): Promise<void> {
  if (starting.peek() || underWay.peek()) return;
  starting.value = true;
  runFailure.value = null;
  lastEnd.value = null;
  let run: ProposalSummary;
  try {
    run = await send();
    startedHere.add(run.id);
    announce('Proposition lancée.');
  } catch (cause) {
    runFailure.value = asFailure(cause);
    return;
  } finally {
    starting.value = false;
  }
  await follow(run);
}

/** Follows a run until it is over, unless one is followed already. */
export async function follow(run: ProposalSummary, pollMs = 600): Promise<void> {
  if (underWay.peek() || lost.has(run.id)) return;
  underWay.value = run;
  const told = await toldEnd(run.id);
  const ended = await endOf(run.id, pollMs, told ? 0 : pollMs);
  underWay.value = null;
  pollTrouble.value = null;
  if (ended) conclude(ended);
  runs.clear();
  await loadRuns();
}

/** True once the server's events say that the run is over, false when they fail: ask instead. */
function toldEnd(id: number): Promise<boolean> {
  if (typeof EventSource === 'undefined') return Promise.resolve(false);
  return new Promise((resolve) => {
    const stop = followProposal(
      id,
      (run) => {
        if (isOver(run)) resolve(true);
        else underWay.value = run;
      },
      (lost) => {
        if (!lost) return;
        stop();
        resolve(false);
      },
    );
  });
}

/**
 * The run once it is over. A server that does not answer is asked again, less and less often: the
 * run goes on without us. Null when the server says that there is no such run.
 */
async function endOf(id: number, pollMs: number, firstMs: number): Promise<Proposal | null> {
  for (let failures = 0, pauseMs = firstMs; ; ) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    try {
      const run = await fetchProposal(id);
      failures = 0;
      pauseMs = pollMs;
      pollTrouble.value = null;
      if (isOver(run)) return run;
      underWay.value = run;
    } catch (cause) {
      const error = asFailure(cause);
      if (!mayPass(error)) {
        lost.add(id);
        runFailure.value = error;
        return null;
      }
      failures++;
      pauseMs = Math.min(pollMs * 2 ** failures, longestPauseMs);
      if (failures >= failuresBeforeSaying) pollTrouble.value = error;
    }
  }
}

const longestPauseMs = 30_000;
const failuresBeforeSaying = 3;

/** A server that is away, busy or starting again, and not one that refuses. */
const mayPass = ({ status }: ApiFailure) =>
  status === 0 || status === 408 || status === 429 || status >= 500;

function conclude(run: Proposal): void {
  lastEnd.value = run;
  if (run.status !== 'done') {
    announce(`Proposition ${run.id} ${runStatusLabels[run.status]}.`);
    return;
  }
  formOpen.value = false;
  announce(`Proposition ${run.id} terminée\u00a0: ${run.territories.length} territoires.`);
  const shown = runId.peek();
  if (startedHere.has(run.id) && workspace.peek() === 'analyse') {
    proposal.put(String(run.id), run);
    showRun(run.id);
  } else if (shown !== null) {
    // Without a run in its address the page shows the latest one: keep the one that it shows now.
    go({ run: shown }, { replace: true });
  }
}

export function showRun(id: number): void {
  go({ workspace: 'analyse', view: 'territories', run: id, selection: null });
}

export async function cancel(id: number): Promise<void> {
  runFailure.value = null;
  try {
    await cancelProposal(id);
  } catch (cause) {
    runFailure.value = asFailure(cause);
  }
}

/** Takes a run that is over off the list, and shows the latest one that is done. */
export async function remove(id: number): Promise<void> {
  runFailure.value = null;
  try {
    await removeProposal(id);
  } catch (cause) {
    runFailure.value = asFailure(cause);
    return;
  }
  if (lastEnd.peek()?.id === id) lastEnd.value = null;
  if (address.peek().run === id) go({ run: null, selection: null }, { replace: true });
  announce(`Proposition ${id} retirée de la liste.`);
  runs.clear();
  await loadRuns();
}
