import { useState } from 'preact/hooks';
import type { ProposalSummary } from '../../../../server/contracts/proposals.ts';
import { ministryBand } from '../../../../server/core/indicators/band.ts';
import { runStatusLabels } from '../../french/labels.ts';
import { formatShare } from '../../french/numbers.ts';
import { unbroken } from '../../french/unbroken.ts';
import { FailureNotice } from '../../shell/notice.tsx';
import { ProgressBar } from '../../shell/progress.tsx';
import { specialty } from '../../state/address.ts';
import { datasetId } from '../../state/analysis.ts';
import {
  cancel,
  lastEnd,
  pollTrouble,
  propose,
  runFailure,
  runId,
  showRun,
  starting,
  underWay,
} from '../../state/proposals.ts';
import { NumberField } from './number-field.tsx';
import { SpecialtyField } from './specialty-field.tsx';

/** A form for a new run; while one is under way, how it goes; then how it ended. */
export function RunForm() {
  const run = underWay.value;
  return (
    <>
      {run ? (
        <UnderWay run={run} />
      ) : (
        <details class="card">
          <summary>Nouvelle proposition</summary>
          <Form />
        </details>
      )}
      {runFailure.value && <FailureNotice error={runFailure.value} />}
      {!run && lastEnd.value && <Ending run={lastEnd.value} />}
    </>
  );
}

function UnderWay({ run }: { run: ProposalSummary }) {
  const trouble = pollTrouble.value;
  return (
    <section class="card fields" aria-label="Proposition en cours">
      <p role="status">
        Proposition nᵒ {run.id} en cours — {formatShare(run.progress)}
      </p>
      <ProgressBar label="Avancement de la proposition" value={run.progress} />
      {trouble && (
        <div class="notice notice-amber" role="status">
          <p>
            Plus de nouvelles de ce calcul, qui continue peut-être&nbsp;: la page redemande
            d’elle-même, de moins en moins souvent.
          </p>
          <p class="quiet">{unbroken(trouble.message)}</p>
        </div>
      )}
      <button type="button" class="button" onClick={() => void cancel(run.id)}>
        Annuler
      </button>
    </section>
  );
}

/** How the last run ended, when the page does not show it already. */
function Ending({ run }: { run: ProposalSummary }) {
  if (run.status === 'cancelled' || run.id === runId.value) return null;
  const done = run.status === 'done';
  return (
    <div class={done ? 'notice' : 'notice notice-error'} role={done ? 'status' : 'alert'}>
      <p>
        Proposition nᵒ {run.id} {runStatusLabels[run.status]}.
      </p>
      {run.message && <p>{unbroken(run.message)}</p>}
      <p class="button-row">
        {done && (
          <button type="button" class="button" onClick={() => showRun(run.id)}>
            Afficher
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            lastEnd.value = null;
          }}
        >
          Fermer
        </button>
      </p>
    </div>
  );
}

function Form() {
  const [floor, setFloor] = useState<number>(ministryBand.floor);
  const [ceiling, setCeiling] = useState<number>(ministryBand.ceiling);
  const [seed, setSeed] = useState(1);
  const [chosen, setChosen] = useState(specialty.peek());
  const inverted = floor > ceiling;

  function submit(event: Event) {
    event.preventDefault();
    if (inverted) return;
    const id = datasetId.value;
    void propose({
      floor,
      ceiling,
      seed,
      specialty: chosen,
      ...(id === null ? {} : { flowDataset: id }),
    });
  }

  return (
    <form onSubmit={submit}>
      <fieldset class="fields" disabled={starting.value}>
        <div class="field-row">
          <NumberField
            label="Plancher (hab.)"
            value={floor}
            min={1}
            max={10_000_000}
            step={1000}
            set={setFloor}
          />
          <NumberField
            label="Plafond (hab.)"
            value={ceiling}
            min={1}
            max={10_000_000}
            step={1000}
            set={setCeiling}
          />
        </div>
        {inverted && (
          <p class="field-error" role="alert">
            Le plancher dépasse le plafond&nbsp;: abaissez l’un ou relevez l’autre.
          </p>
        )}
        <SpecialtyField value={chosen} set={setChosen} />
        <NumberField
          label="Graine"
          hint="Une même graine redonne la même proposition."
          value={seed}
          min={0}
          max={4_294_967_295}
          step={1}
          set={setSeed}
        />
        <button type="submit" class="button primary" disabled={inverted}>
          {starting.value ? 'Envoi…' : 'Proposer des territoires'}
        </button>
      </fieldset>
    </form>
  );
}
