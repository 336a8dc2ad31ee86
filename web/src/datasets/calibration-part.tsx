import { useState } from 'preact/hooks';
import type { CalibratedValues, CalibrationReport } from '../../../server/contracts/flow-models.ts';
import type { MaskedCount } from '../../../server/contracts/names.ts';
import { formatCount, formatDecimal, formatFixed, formatShare } from '../french/numbers.ts';
import { ScrollArea } from '../shell/scroll-area.tsx';
import { calibrate, calibration, extracts, takeCalibration, unitOf } from '../state/flow-models.ts';
import { distanceUnit } from '../state/travel-times.ts';

const maskedCounts: MaskedCount[] = [0, 5, 10];

/** Fits α and β on an extract, and shows how near the model then comes. */
export function CalibrationPart() {
  const report = calibration.value;
  return (
    <details class="card" open={report !== null}>
      <summary>Caler sur un extrait</summary>
      {extracts.value.length === 0 ? (
        <p class="quiet">
          Aucun extrait n’est chargé&nbsp;: le calage cherche α et β dans des flux observés. Fermez
          cette fenêtre, puis «&nbsp;Importer un extrait…&nbsp;».
        </p>
      ) : (
        <Choice />
      )}
      {report && <Report report={report} />}
    </details>
  );
}

function Choice() {
  const [chosen, setChosen] = useState<number | null>(null);
  const [masked, setMasked] = useState<MaskedCount>(5);
  const dataset = chosen ?? extracts.value[0]?.id;
  return (
    <div class="calibration-choice">
      <label class="field">
        <span>Extrait</span>
        <select
          class="input"
          value={String(dataset)}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        >
          {extracts.value.map(({ id, name }) => (
            <option key={id} value={id}>
              nᵒ {id} · {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Cellule masquée</span>
        <select
          class="input"
          value={String(masked)}
          onChange={(event) => setMasked(Number(event.currentTarget.value) as MaskedCount)}
        >
          {maskedCounts.map((count) => (
            <option key={count} value={count}>
              {count} patients
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="button"
        onClick={() => dataset !== undefined && void calibrate(dataset, masked)}
      >
        Caler
      </button>
    </div>
  );
}

function Report({ report }: { report: CalibrationReport }) {
  const { dataset, masked, pooled, specialties, left } = report;
  const rows = [
    { key: 'all', label: 'Toutes ensemble', values: pooled },
    ...specialties.map(({ key, label, values }) => ({ key, label, values })),
  ];
  const unsaid = left.outside + left.otherSpecialties;
  return (
    <>
      <ScrollArea class="values-scroll" label="Résultat du calage">
        <table class="values fit">
          <caption class="quiet">
            Calage sur le jeu nᵒ&nbsp;{dataset.id} «&nbsp;{dataset.name}&nbsp;», cellules masquées
            comptées {masked}
            {report.travelTimes && `, temps de trajet de «\u00a0${report.travelTimes}\u00a0»`}
          </caption>
          <thead>
            <tr>
              <th scope="col">Spécialité</th>
              {columns.map(({ label, title }) => (
                <th key={label} scope="col" class="numeric" title={title}>
                  {label === 'β' ? `β (${unitOf(report)})` : label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, label, values }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                {values ? (
                  columns.map((column) => (
                    <td key={column.label} class="numeric" title={column.detail?.(values)}>
                      {column.text(values)}
                    </td>
                  ))
                ) : (
                  <td colSpan={columns.length} class="quiet">
                    aucun patient sur qui caler
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      <p class="quiet">
        † valeur poussée à une borne&nbsp;; – valeur que ces flux ne disent pas&nbsp;; sans
        offre&nbsp;: part des patients soignés là où aucun praticien n’est connu, laissés de côté.
        {unsaid > 0 &&
          ` ${formatCount(unsaid)} patients ne comptent pas (hors du territoire, ou spécialité sans offre).`}
      </p>
      <p class="button-row">
        <button
          type="button"
          class="button"
          disabled={unitOf(report) !== distanceUnit()}
          onClick={takeCalibration}
        >
          Prendre ces valeurs
        </button>
        {unitOf(report) !== distanceUnit() && (
          <span class="quiet">Les distances ont changé depuis&nbsp;: calez de nouveau.</span>
        )}
      </p>
    </>
  );
}

interface Column {
  label: string;
  title: string;
  text(values: CalibratedValues): string;
  detail?: (values: CalibratedValues) => string;
}

const columns: Column[] = [
  {
    label: 'α',
    title: 'Poids de l’offre',
    text: ({ alpha, alphaState }) => estimate(alpha, alphaState),
    detail: ({ alphaError }) => spread(alphaError),
  },
  {
    label: 'β',
    title: 'Portée',
    text: ({ beta, betaState }) => estimate(beta, betaState),
    detail: ({ betaError }) => spread(betaError),
  },
  {
    label: 'Log-vrais.',
    title: 'Log-vraisemblance, et pseudo-R² de McFadden',
    text: ({ logLikelihood }) => formatCount(logLikelihood).replace('-', '−'),
    detail: ({ mcFadden, nullLogLikelihood }) =>
      `modèle nul : ${formatCount(nullLogLikelihood)}${mcFadden === null ? '' : `, pseudo-R² de McFadden : ${formatDecimal(mcFadden)}`}`,
  },
  {
    label: 'R²',
    title: 'Part de la variance des flux observés que le modèle rend',
    text: ({ r2 }) => (r2 === null ? '–' : formatFixed(r2, 3)),
  },
  {
    label: 'Même pôle',
    title: 'Communes dont le pôle observé est celui du modèle',
    text: ({ samePole, origins }) => formatShare(samePole / origins),
    detail: ({ samePole, origins }) => `${formatCount(samePole)} sur ${formatCount(origins)}`,
  },
  {
    label: 'Sans offre',
    title: 'Patients laissés de côté, soignés dans une commune sans praticien connu',
    text: ({ patients, withoutSupply }) => formatShare(withoutSupply / (patients + withoutSupply)),
  },
];

function estimate(value: number, state: CalibratedValues['alphaState']): string {
  if (state === 'unidentified') return '–';
  return `${formatFixed(value, 2)}${state === 'estimated' ? '' : '\u00a0†'}`;
}

function spread(error: number | null): string {
  return error === null ? '' : `erreur type : ${formatDecimal(error)}`;
}
