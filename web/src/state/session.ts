import { effect, untracked } from '@preact/signals';
import { address, go, selection, specialty, workspace } from './address.ts';
import {
  datasetId,
  datasets,
  destinations,
  loadDatasets,
  loadDestinations,
  loadPoles,
  poleChoice,
  poleMap,
  poles,
  region,
} from './analysis.ts';
import { cptsList, loadCpts, refreshCpts } from './cpts.ts';
import { follow, loadProposal, loadRuns, runId, runs } from './proposals.ts';
import { readyValue } from './resource.ts';

/** Loads what the address asks for, as it changes, once the region is there. */
export function followAddress(): () => void {
  const stops = [
    effect(() => {
      if (!region.value) return;
      untracked(() => {
        void loadDatasets();
        void loadRuns();
        void loadCpts();
      });
    }),
    effect(() => {
      // Others create and recognise CPTS too: what is decided upon must be fresh.
      if (workspace.value === 'analyse' || cptsList.state.peek().status !== 'ready') return;
      untracked(() => void refreshCpts());
    }),
    effect(() => {
      // Waits for the list: the address may name a dataset that is no more.
      if (!poleChoice.value || datasets.state.value.status !== 'ready') return;
      untracked(loadPoles);
    }),
    effect(() => {
      // A link holds the dataset and its analysis, whatever is imported before it is opened.
      const shown = poles.state.value;
      if (shown.status !== 'ready') return;
      const { run, dataset } = shown.value.parameters;
      const { dataset: named, analysis } = address.value;
      if (named === null || (analysis === run && named !== dataset)) {
        untracked(() => go({ dataset }, { replace: true }));
      }
    }),
    effect(() => {
      const id = runId.value;
      if (region.value && id !== null) untracked(() => loadProposal(id));
    }),
    effect(() => {
      const running = readyValue(runs.state.value)?.find(
        ({ status }) => status === 'running' || status === 'queued',
      );
      if (running) untracked(() => void follow(running));
    }),
    effect(() => {
      const chosen = selection.value;
      const key = specialty.value;
      const id = datasetId.value;
      const ready = poleMap.value !== null;
      untracked(() => {
        if (chosen?.kind !== 'unit') destinations.clear();
        else if (id !== null && ready) loadDestinations(id, key, chosen.code);
      });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
