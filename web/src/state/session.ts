import { computed, effect, untracked } from '@preact/signals';
import { address, go, selection, view, workspace } from './address.ts';
import {
  dataset,
  datasetId,
  datasets,
  loadDatasets,
  loadPoles,
  poleChoice,
  poleMap,
  poles,
  region,
} from './analysis.ts';
import { served } from './boot.ts';
import { followComparison } from './comparison.ts';
import { followCommentCounts } from './control/comment-counts.ts';
import { followCoverage } from './control/coverage.ts';
import { followResolution } from './control/resolution.ts';
import { followReview } from './control/review.ts';
import { followDay } from './control/then.ts';
import { cptsList, loadCpts, refreshCpts } from './cpts.ts';
import { followExplanations } from './explanations.ts';
import { opening } from './opening.ts';
import { loadPlaceNames } from './place-names.ts';
import { followDataset, loadPoleRuns, loadProfile } from './pole-runs.ts';
import { followBound } from './proposal-bound.ts';
import { follow, loadProposal, loadRuns, runId, runs } from './proposals.ts';
import { loadFlows } from './region-flows.ts';
import { readyValue } from './resource.ts';
import { followRunComparison } from './run-comparison.ts';

/** A dataset that the address names may be no more: the list tells. */
const isSureOfDataset = computed(
  () => address.value.dataset === null || datasets.state.value.status === 'ready',
);

/** Loads what the address asks for, as it changes, once the region is there. */
export function followAddress(): () => void {
  const stops = [
    followComparison(),
    effect(() => {
      if (!served.value) return;
      untracked(() => {
        void loadDatasets();
        void loadRuns();
        void loadCpts();
      });
    }),
    effect(() => {
      if (region.value && !opening.value) untracked(() => void loadPlaceNames());
    }),
    effect(() => {
      // Others create and recognise CPTS too: what is decided upon must be fresh.
      if (workspace.value === 'analyse' || cptsList.state.peek().status !== 'ready') return;
      untracked(() => void refreshCpts());
    }),
    effect(() => {
      if (!poleChoice.value || !isSureOfDataset.value) return;
      untracked(loadPoles);
    }),
    effect(() => {
      // A link holds the dataset and its analysis, whatever is imported before it is opened.
      const shown = poles.state.value;
      if (shown.status !== 'ready') return;
      const { run, dataset: id } = shown.value.parameters;
      const { dataset: named, analysis } = address.value;
      const chosen = datasets.state.value.status === 'ready' && datasetId.value === id;
      if ((named === null && chosen) || (analysis === run && named !== id)) {
        untracked(() => go({ dataset: id }, { replace: true }));
      }
    }),
    effect(() => {
      const id = runId.value;
      // The first map may be of poles, and needs none.
      const wanted = view.value === 'territories' || !opening.value;
      if (region.value && id !== null && wanted) untracked(() => loadProposal(id));
    }),
    effect(() => {
      const running = readyValue(runs.state.value)?.find(
        ({ status }) => status === 'running' || status === 'queued',
      );
      if (running) untracked(() => void follow(running));
    }),
    effect(() => {
      const run = poleMap.value?.parameters.run;
      const set = dataset.value;
      // Contrôler shows no flow.
      if (opening.value || run === undefined || !set || workspace.value === 'control') return;
      untracked(() => {
        loadFlows();
        if (workspace.peek() === 'analyse') loadPoleRuns(set.id);
      });
    }),
    effect(() => {
      const chosen = selection.value;
      const run = poleMap.value?.parameters.run;
      if (chosen?.kind !== 'pole' || run === undefined) return;
      untracked(() => loadProfile(run, chosen.code));
    }),
    followDataset(),
    followExplanations(),
    followBound(),
    followRunComparison(),
    followDay(),
    followCommentCounts(),
    followCoverage(),
    followReview(),
    followResolution(),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
