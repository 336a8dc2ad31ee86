import { useState } from 'preact/hooks';
import { formatShare } from '../../french/numbers.ts';
import { FailureNotice } from '../../shell/notice.tsx';
import { ProgressBar } from '../../shell/progress.tsx';
import { specialty } from '../../state/address.ts';
import { dataset, datasetId } from '../../state/analysis.ts';
import { cancel, propose, startFailure, underWay } from '../../state/proposals.ts';

export function RunForm() {
  const run = underWay.value;
  if (run) {
    return (
      <section class="card fields" aria-label="Proposition en cours">
        <p role="status">
          Proposition nᵒ {run.id} en cours — {formatShare(run.progress)}
        </p>
        <ProgressBar label="Avancement de la proposition" value={run.progress} />
        <button type="button" class="button" onClick={() => void cancel(run.id)}>
          Annuler
        </button>
      </section>
    );
  }
  return (
    <>
      <details class="card">
        <summary>Nouvelle proposition</summary>
        <Form />
      </details>
      {startFailure.value && <FailureNotice error={startFailure.value} />}
    </>
  );
}

function Form() {
  const [floor, setFloor] = useState(30_000);
  const [ceiling, setCeiling] = useState(100_000);
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
    <form class="fields" onSubmit={submit}>
      <div class="field-row">
        <NumberField label="Plancher (hab.)" value={floor} min={1} step={1000} set={setFloor} />
        <NumberField label="Plafond (hab.)" value={ceiling} min={1} step={1000} set={setCeiling} />
      </div>
      {inverted && (
        <p class="field-error" role="alert">
          Le plancher dépasse le plafond&nbsp;: abaissez l’un ou relevez l’autre.
        </p>
      )}
      <label class="field">
        <span>Spécialité</span>
        <select
          class="input"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          <option value="all">Toutes spécialités</option>
          {dataset.value?.specialties.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <NumberField
        label="Graine"
        hint="Une même graine redonne la même proposition."
        value={seed}
        min={0}
        step={1}
        set={setSeed}
      />
      <button type="submit" class="button primary" disabled={inverted}>
        Proposer des territoires
      </button>
    </form>
  );
}

interface NumberFieldProps {
  label: string;
  hint?: string;
  value: number;
  min: number;
  step: number;
  set(value: number): void;
}

function NumberField({ label, hint, value, min, step, set }: NumberFieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="input figure"
        type="number"
        inputMode="numeric"
        required
        min={min}
        max={label === 'Graine' ? 4_294_967_295 : 10_000_000}
        // `any` would let decimals in; the arrows still move by `step` from the keyboard below.
        step={1}
        value={value}
        onKeyDown={(event) => {
          const sign = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (!sign || step === 1) return;
          event.preventDefault();
          set(Math.max(min, value + sign * step));
        }}
        onInput={(event) => {
          const typed = event.currentTarget.valueAsNumber;
          if (Number.isFinite(typed)) set(Math.round(typed));
        }}
      />
      {hint && <small class="quiet">{hint}</small>}
    </label>
  );
}
