import { useId } from 'preact/hooks';
import { calibrationBounds } from '../../../server/core/flows/calibrate.ts';
import { formatShare } from '../french/numbers.ts';
import { unbroken } from '../french/unbroken.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Loaded } from '../shell/notice.tsx';
import { ProgressBar } from '../shell/progress.tsx';
import {
  calibratedOn,
  cancelModelRun,
  gravity,
  loadSupply,
  modelFailure,
  modelFlows,
  modelName,
  modelRun,
  modelStarting,
  setGravity,
  supply,
} from '../state/flow-models.ts';
import { distanceUnit } from '../state/travel-times.ts';
import { CalibrationPart } from './calibration-part.tsx';
import { DecayChart } from './decay-chart.tsx';
import { GravityField } from './gravity-field.tsx';
import { SpecialtyValues } from './specialty-values.tsx';
import { TravelPart } from './travel-part.tsx';

const { alpha: alphaBounds, beta: betaBounds } = calibrationBounds;

/** Makes a dataset of modelled flows: parameters, calibration on an extract, name. */
export function ModelDialog() {
  return (
    <Dialog name="model" title="Modéliser des flux">
      <Loaded
        state={supply.state.value}
        what="Lecture de l’offre de soins"
        retry={() => void loadSupply()}
      >
        {({ source, specialties }) =>
          specialties.length === 0 ? (
            <p class="empty">
              Aucun médecin spécialiste n’est connu ici&nbsp;: chargez l’offre de soins avec
              <code> npm run import:supply</code>, puis revenez.
            </p>
          ) : (
            <>
              <p class="quiet">
                Modèle de Huff&nbsp;: les habitants d’une commune se partagent entre les communes
                pourvues selon leurs praticiens (puissance α) et leur éloignement (β).{' '}
                {unbroken(source.replace(/[.\s]+$/, ''))}.
              </p>
              {modelRun.value ? <UnderWay /> : <Form specialties={specialties} />}
            </>
          )
        }
      </Loaded>
    </Dialog>
  );
}

function UnderWay() {
  const run = modelRun.value;
  if (!run) return null;
  const what = run.kind === 'calibration' ? 'Calage' : 'Modélisation';
  return (
    <section class="fields" aria-label={`${what} en cours`}>
      <p role="status">
        {run.status === 'queued'
          ? `${what} en attente de son tour`
          : `${what} en cours — ${formatShare(run.progress)}`}
      </p>
      <ProgressBar label={`Avancement : ${what.toLowerCase()}`} value={run.progress} />
      <p class="button-row">
        <button type="button" class="button" onClick={() => void cancelModelRun()}>
          Annuler
        </button>
      </p>
    </section>
  );
}

interface FormProps {
  specialties: Parameters<typeof SpecialtyValues>[0]['specialties'];
}

function Form({ specialties }: FormProps) {
  const id = useId();
  const { alpha, beta, destinations } = gravity.value;
  const fitted = calibratedOn.value;
  return (
    <>
      <form
        id={id}
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void modelFlows();
        }}
      >
        <div class="field-row three">
          <GravityField
            label="α, poids de l’offre"
            value={alpha}
            {...alphaBounds}
            step={0.05}
            set={(value) => setGravity({ alpha: value })}
          />
          <GravityField
            label={`β, portée (${distanceUnit()})`}
            value={beta}
            {...betaBounds}
            step={0.5}
            set={(value) => setGravity({ beta: value })}
          />
          <GravityField
            label="Destinations gardées"
            value={destinations}
            min={1}
            max={1000}
            step={1}
            set={(value) => setGravity({ destinations: Math.round(value) })}
          />
        </div>
        <TravelPart />
        <DecayChart values={gravity.value} />
        <SpecialtyValues specialties={specialties} />
      </form>
      <CalibrationPart />
      {fitted && (
        <p class="notice" role="status">
          Valeurs calées sur le jeu nᵒ&nbsp;{fitted.id} «&nbsp;{fitted.name}&nbsp;».
        </p>
      )}
      {modelFailure.value && (
        <p class="notice notice-error" role="alert">
          {unbroken(modelFailure.value.message)}
        </p>
      )}
      <div class="model-foot">
        <label class="field">
          <span>Nom du jeu de flux (facultatif)</span>
          <input
            class="input"
            form={id}
            maxLength={200}
            placeholder="Flux modélisés (Huff, α, β)"
            value={modelName.value}
            onInput={(event) => {
              modelName.value = event.currentTarget.value;
            }}
          />
        </label>
        <button type="submit" form={id} class="button primary" disabled={modelStarting.value}>
          {modelStarting.value ? 'Envoi…' : 'Modéliser'}
        </button>
      </div>
    </>
  );
}
