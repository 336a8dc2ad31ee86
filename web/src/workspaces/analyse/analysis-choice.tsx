import type { PoleRun } from '../../../../server/contracts/poles.ts';
import { FailureNotice } from '../../shell/notice.tsx';
import { analysis, communeSelected, go } from '../../state/address.ts';
import { datasetId, poleMap } from '../../state/analysis.ts';
import { isDefault, loadPoleRuns, poleRuns } from '../../state/pole-runs.ts';
import { readyValue } from '../../state/resource.ts';
import { describeAnalysis } from './describe-analysis.ts';

/** The analyses of the dataset, told apart by what they change from the default one. */
export function AnalysisChoice() {
  const state = poleRuns.state.value;
  const map = poleMap.value;
  if (state.status === 'failed') {
    const retry = () => datasetId.value !== null && loadPoleRuns(datasetId.value);
    return <FailureNotice lead="Liste des analyses" error={state.error} retry={retry} />;
  }
  const all = (readyValue(state) ?? []).filter(({ dataset }) => dataset === datasetId.value);
  // One analysis leaves nothing to choose.
  if (!map || all.length < 2) return null;
  const shown = analysis.value ?? map.parameters.run;
  return (
    <label class="field">
      <span>Analyse</span>
      <select
        class="input"
        value={String(shown)}
        onChange={(event) => show(all, Number(event.currentTarget.value))}
      >
        {all.map((run) => (
          <option key={run.id} value={run.id}>
            nᵒ {run.id} · {describeAnalysis(run.parameters)}
          </option>
        ))}
      </select>
      <small class="quiet">{describeAnalysis(map.parameters)}</small>
    </label>
  );
}

function show(all: readonly PoleRun[], id: number): void {
  const run = all.find((each) => each.id === id);
  if (!run) return;
  go({
    dataset: run.dataset,
    analysis: isDefault(run.parameters) ? null : id,
    selection: communeSelected(),
  });
}
