import { formatShare } from '../french/numbers.ts';
import { modelRun, openModelDialog } from '../state/flow-models.ts';

/** Opens the dialog that models flows; while a run is under way, says how far it is. */
export function ModelFlowsButton() {
  const run = modelRun.value;
  return (
    <button
      type="button"
      class="button small"
      aria-haspopup="dialog"
      onClick={(event) => {
        // Some browsers leave the focus elsewhere on a click: it must come back here.
        event.currentTarget.focus();
        openModelDialog();
      }}
    >
      {run
        ? `${run.kind === 'calibration' ? 'Calage' : 'Modélisation'} en cours — ${formatShare(run.progress)}`
        : 'Modéliser des flux…'}
    </button>
  );
}
