import type { CalibratedValues, CalibrationReport } from '../server/contracts/flow-models.ts';
import { frenchNumber } from '../server/core/french.ts';

/** What a calibration found, line by line, as the terminal prints it. */
export function calibrationLines(report: CalibrationReport, unit: 'km' | 'min'): string[] {
  const { pooled, specialties, left } = report;
  const lines = specialties.map(({ label, values }) => `${label} : ${described(values, unit)}`);
  lines.push(`Toutes spécialités ensemble : ${described(pooled, unit)}`);
  if (left.outside + left.otherSpecialties > 0) {
    lines.push(
      `Patients laissés de côté : ${frenchNumber(Math.round(left.outside))} avec une extrémité hors du territoire, ${frenchNumber(Math.round(left.otherSpecialties))} de spécialités sans offre`,
    );
  }
  return lines;
}

function described(values: CalibratedValues | null, unit: string): string {
  if (!values) return 'aucun patient sur qui caler';
  const { alpha, beta, alphaState, betaState, patients, withoutSupply, unreachable } = values;
  const left = (withoutSupply + unreachable) / (patients + withoutSupply + unreachable);
  const figures = [
    `α = ${said(alpha, alphaState, values.alphaError)}`,
    `β = ${said(beta, betaState, values.betaError, unit)}`,
    `log-vraisemblance ${figure(values.logLikelihood, 0)} (modèle nul ${figure(values.nullLogLikelihood, 0)})`,
    ...(values.r2 === null ? [] : [`R² ${figure(values.r2, 3)}`]),
    `même pôle pour ${percent(values.samePole / values.origins)} des communes`,
    ...(left > 0
      ? [`${percent(left)} des patients laissés de côté, faute d’offre ou de trajet`]
      : []),
    ...(values.converged ? [] : ['la recherche n’a pas abouti']),
  ];
  return figures.join(', ');
}

const states: Record<CalibratedValues['alphaState'], string> = {
  estimated: '',
  'lower-bound': ' (borne basse)',
  'upper-bound': ' (borne haute)',
  unidentified: ' (les flux ne le disent pas)',
};

function said(
  value: number,
  state: CalibratedValues['alphaState'],
  error: number | null,
  unit = '',
): string {
  const spread = error === null ? '' : ` ± ${figure(error, 3)}`;
  return `${figure(value, 3)}${spread}${unit && ` ${unit}`}${states[state]}`;
}

function figure(value: number, digits: number): string {
  return value.toLocaleString('fr-FR', { maximumFractionDigits: digits });
}

function percent(share: number): string {
  return `${figure(100 * share, 1)} %`;
}
