import { useEffect, useState } from 'preact/hooks';
import type { FlowDataset } from '../../../../server/contracts/flow-datasets.ts';
import { defaultPoleParameters, type PoleParameters } from '../../../../server/contracts/poles.ts';
import { Reserved } from '../../accounts/reserved.tsx';
import { counted, formatCount } from '../../french/numbers.ts';
import { FailureNotice } from '../../shell/notice.tsx';
import { ProgressBar } from '../../shell/progress.tsx';
import { dataset, maskedCells, poleMap } from '../../state/analysis.ts';
import { can } from '../../state/people.ts';
import { analyse, analysisFailure, askedAt, givenUp, giveUp } from '../../state/pole-runs.ts';
import { methods } from './describe-analysis.ts';
import { NumberField } from './number-field.tsx';

/** How the poles are found: the form starts from the analysis shown. */
export function ParameterForm() {
  const shown = poleMap.value?.parameters;
  const set = dataset.value;
  return (
    <>
      <details class="card">
        <summary>Paramètres de l’analyse</summary>
        {shown && set && shown.dataset === set.id && (
          <Form key={shown.run} set={set} from={shown} />
        )}
      </details>
      {askedAt.value !== null && <Waiting since={askedAt.value} />}
      {analysisFailure.value && (
        <FailureNotice lead="Analyse non faite" error={analysisFailure.value} />
      )}
      {givenUp.value && (
        <p class="notice" role="status">
          Analyse arrêtée&nbsp;: rien n’en est gardé, la carte montre toujours la précédente.
        </p>
      )}
    </>
  );
}

function Form({ set, from }: { set: FlowDataset; from: PoleParameters }) {
  const [wish, setWish] = useState(() => parametersOf(from));
  const change = (part: Partial<PoleParameters>) => setWish((before) => ({ ...before, ...part }));
  const nothing =
    set.specialties.length > 0 && set.specialties.every(({ key }) => wish.weights[key] === 0);

  function submit(event: Event) {
    event.preventDefault();
    if (!nothing) void analyse(set.id, wish);
  }

  if (!can('analyse')) return <Reserved act="de lancer une analyse" />;
  return (
    <form onSubmit={submit}>
      <fieldset class="fields" disabled={askedAt.value !== null}>
        <Method value={wish.method} set={(method) => change({ method })} />
        {maskedCells() > 0 && <Masked value={wish.masked} set={(masked) => change({ masked })} />}
        <Thresholds wish={wish} change={change} />
        <Weights set={set} weights={wish.weights} change={(weights) => change({ weights })} />
        {nothing && (
          <p class="field-error" role="alert">
            Toutes les spécialités ont un poids nul&nbsp;: donnez à l’une d’elles un poids positif.
          </p>
        )}
        <p class="button-row">
          <button type="submit" class="button primary" disabled={nothing}>
            Analyser
          </button>
          <button
            type="button"
            class="button"
            onClick={() => setWish(parametersOf(defaultPoleParameters))}
          >
            Par défaut
          </button>
        </p>
      </fieldset>
    </form>
  );
}

/** The parameters alone, of an answer that says more. */
function parametersOf(answer: PoleParameters): PoleParameters {
  const { method, weights, masked, minPatients, minRate, minCommunes } = answer;
  return { method, weights, masked, minPatients, minRate, minCommunes };
}

interface Choice<T> {
  value: T;
  set(value: T): void;
}

function Method({ value, set }: Choice<PoleParameters['method']>) {
  return (
    <fieldset class="fields">
      <legend>Méthode</legend>
      {methods.map(({ key, name, sentence }) => (
        <label key={key} class="radio">
          <input type="radio" name="method" checked={value === key} onChange={() => set(key)} />
          <span>
            {name}
            <small class="quiet">{sentence}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const maskedCounts = [0, 5, 10] as const;

/** What a masked cell counts as, and how much that bears on. */
function Masked({ value, set }: Choice<PoleParameters['masked']>) {
  const cells = maskedCells();
  const known = dataset.value?.specialties.reduce((sum, { patients }) => sum + patients, 0) ?? 0;
  return (
    <fieldset class="fields">
      <legend>Cellules masquées comptées pour</legend>
      <p class="radio-row">
        {maskedCounts.map((count) => (
          <label key={count} class="radio">
            <input
              type="radio"
              name="masked"
              checked={value === count}
              onChange={() => set(count)}
            />
            {count === 0 ? '0 patient' : `${count} patients`}
          </label>
        ))}
      </p>
      <p class="quiet">
        {counted(cells, 'cellule masquée', 'cellules masquées')} de 1 à 10&nbsp;patients&nbsp;:
        entre {formatCount(cells)} et {formatCount(10 * cells)}&nbsp;patients, outre les{' '}
        {formatCount(known)} connus.
      </p>
    </fieldset>
  );
}

interface Wish {
  wish: PoleParameters;
  change(part: Partial<PoleParameters>): void;
}

function Thresholds({ wish, change }: Wish) {
  return (
    <fieldset class="fields">
      <legend>Seuils, au-dessous desquels il n’y a pas de pôle</legend>
      <div class="field-row three">
        <NumberField
          label="Patients"
          value={wish.minPatients}
          min={0}
          max={1_000_000_000}
          step={10}
          set={(minPatients) => change({ minPatients })}
        />
        <NumberField
          label="Taux (%)"
          value={Math.round(wish.minRate * 1e6) / 1e4}
          min={0}
          max={100}
          step={5}
          decimals={1}
          set={(percent) => change({ minRate: Math.round(percent * 10) / 1000 })}
        />
        <NumberField
          label="Communes"
          value={wish.minCommunes}
          min={1}
          max={100_000}
          step={1}
          set={(minCommunes) => change({ minCommunes })}
        />
      </div>
      <p class="quiet">
        Patients de la commune, part de sa première destination, communes qu’un pôle attire au
        moins.
      </p>
    </fieldset>
  );
}

interface WeightsProps {
  set: FlowDataset;
  weights: PoleParameters['weights'];
  change(weights: PoleParameters['weights']): void;
}

/** Weights of the specialties in « toutes spécialités ». */
function Weights({ set, weights, change }: WeightsProps) {
  const changed = set.specialties.filter(({ key }) => (weights[key] ?? 1) !== 1).length;
  return (
    <details class="weights">
      <summary>
        Poids des spécialités{' '}
        <span class="quiet">
          {changed === 0 ? 'tous à 1' : counted(changed, 'changé', 'changés')}
        </span>
      </summary>
      <p class="quiet">
        Ce que compte chacune dans «&nbsp;toutes spécialités&nbsp;»&nbsp;; 0 l’en écarte.
      </p>
      <table>
        <tbody>
          {set.specialties.map(({ key, label }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td>
                <NumberField
                  label={`Poids\u00a0: ${label}`}
                  hideLabel
                  value={weights[key] ?? 1}
                  min={0}
                  max={1000}
                  step={0.5}
                  decimals={2}
                  set={(weight) => change({ ...weights, [key]: weight })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button
        type="button"
        class="button small"
        disabled={changed === 0}
        onClick={() => change({})}
      >
        Remettre à 1
      </button>
    </details>
  );
}

/** An analysis of a region is done before this shows; one of the whole country takes its time. */
function Waiting({ since }: { since: number }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const tick = setInterval(() => setSeconds((Date.now() - since) / 1000), 250);
    return () => clearInterval(tick);
  }, [since]);
  if (seconds < 0.3) return null;
  return (
    <section class="card fields" aria-label="Analyse en cours">
      <p role="status">
        Analyse en cours<span aria-hidden="true"> — {Math.floor(seconds)}&nbsp;s</span>
      </p>
      <ProgressBar label="Analyse en cours" value={null} />
      <button type="button" class="button" onClick={giveUp}>
        Arrêter l’analyse
      </button>
    </section>
  );
}
