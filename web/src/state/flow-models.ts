import { computed, signal } from '@preact/signals';
import type { CalibrationReport, SupplySummary } from '../../../server/contracts/flow-models.ts';
import type { FlowRun, FlowRunSummary } from '../../../server/contracts/flow-runs.ts';
import type { MaskedCount } from '../../../server/contracts/names.ts';
import { fittedParameters } from '../../../server/core/flows/fitted-parameters.ts';
import {
  defaultGravity,
  type GravityParameters,
} from '../../../server/core/flows/gravity-parameters.ts';
import type { ApiFailure } from '../api/client.ts';
import { cancelFlowRun, fetchFlowRun, fetchFlowRuns } from '../api/flow-imports.ts';
import { fetchSupply, startCalibration, startFlowModel } from '../api/maillage.ts';
import { address, go, workspace } from './address.ts';
import { datasets, loadDatasets } from './analysis.ts';
import { announce } from './announce.ts';
import { dialog } from './panels.ts';
import { asFailure, readyValue, resource } from './resource.ts';
import { distanceUnit, travelTimes } from './travel-times.ts';

/** Practitioners that flows can be modelled from. */
export const supply = resource<SupplySummary>();
/** What the form holds. */
export const gravity = signal<GravityParameters>(defaultGravity);
/** What β of the form was given in; another table since then makes it say something else. */
export const betaUnit = signal(distanceUnit());
export const modelName = signal('');
export const calibration = signal<CalibrationReport | null>(null);
/** The extract that the values of the form were fitted on, as long as nobody changed them. */
export const calibratedOn = signal<CalibrationReport['dataset'] | null>(null);
/** The model or calibration that this page started, until it ends. */
export const modelRun = signal<FlowRunSummary | null>(null);
/** Between the wish and the server's word that it is queued. */
export const modelStarting = signal(false);
/** Why the last one gave nothing. */
export const modelFailure = signal<ApiFailure | { message: string } | null>(null);

export const extracts = computed(() =>
  (readyValue(datasets.state.value) ?? []).filter(({ kind }) => kind === 'extract'),
);

export const loadSupply = () => supply.show('all', (abort) => fetchSupply(abort));

export function openModelDialog(): void {
  void loadSupply();
  dialog.value = 'model';
}

/** Values typed by hand are nobody's calibration. */
export function setGravity(next: Partial<GravityParameters>): void {
  gravity.value = { ...gravity.value, ...next };
  if (next.beta !== undefined || next.specialties) betaUnit.value = distanceUnit();
  calibratedOn.value = null;
}

/** Own values of one specialty; null gives it those of all. */
export function setSpecialty(key: string, values: { alpha: number; beta: number } | null): void {
  const { [key]: _, ...others } = gravity.value.specialties;
  setGravity({ specialties: values ? { ...others, [key]: values } : others });
}

/** What the β of a calibration is in. */
export const unitOf = ({ travelTimes }: CalibrationReport) => (travelTimes ? 'min' : 'km');

export function takeCalibration(): void {
  const report = calibration.peek();
  if (!report || unitOf(report) !== distanceUnit()) return;
  gravity.value = fittedParameters(report.pooled, report.specialties, gravity.peek());
  calibratedOn.value = report.dataset;
  betaUnit.value = unitOf(report);
  announce('Valeurs calées reprises.');
}

/** Models the flows of the form, and shows them once they are there. */
export async function modelFlows(): Promise<void> {
  const name = modelName.peek().trim();
  const fittedOn = betaUnit.peek() === distanceUnit() ? calibratedOn.peek() : null;
  const wanted = {
    ...gravity.peek(),
    specialties: { ...gravity.peek().specialties },
    ...(name ? { name } : {}),
    ...(fittedOn ? { calibratedOn: fittedOn.id } : {}),
    ...timesWanted(),
  };
  const before = address.peek();
  const run = await follow(() => startFlowModel(wanted));
  if (run?.status !== 'done' || run.dataset === null) return;
  await listModelled();
  modelName.value = '';
  // Who has gone elsewhere meanwhile stays there: the dataset is in the list.
  if (workspace.peek() !== 'analyse' || address.peek().dataset !== before.dataset) return;
  if (dialog.peek() === 'model') dialog.value = null;
  go({ dataset: run.dataset });
}

/** The table that was sent, where there is one. */
function timesWanted(): { travelTimes?: string } {
  const times = travelTimes.peek();
  return times ? { travelTimes: times.id } : {};
}

export async function calibrate(dataset: number, masked: MaskedCount): Promise<void> {
  const run = await follow(() => startCalibration({ dataset, masked, ...timesWanted() }));
  if (run?.status === 'done') showCalibration(run);
}

/** After a reload: follows the model or calibration that is still under way, and tells its end. */
export async function resumeModelRun(): Promise<void> {
  const { items } = await fetchFlowRuns().catch(() => ({ items: [] }));
  const live = items.find(
    ({ kind, status }) => kind !== 'import' && (status === 'running' || status === 'queued'),
  );
  const run = live && (await follow(async () => live));
  if (run?.status !== 'done') return;
  if (run.kind === 'calibration') showCalibration(run);
  else await listModelled();
}

function showCalibration({ report }: FlowRun): void {
  calibration.value = report as CalibrationReport;
  announce('Calage terminé.');
}

async function listModelled(): Promise<void> {
  datasets.clear();
  await loadDatasets();
  announce('Flux modélisés.');
}

export async function cancelModelRun(): Promise<void> {
  const run = modelRun.peek();
  if (!run) return;
  try {
    await cancelFlowRun(run.id);
  } catch (cause) {
    modelFailure.value = asFailure(cause);
  }
}

const PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Starts a run unless one is on its way, and asks how it goes until it is over. A server that does
 * not answer is asked again, less and less often: the run goes on without us.
 */
async function follow(start: () => Promise<FlowRunSummary>): Promise<FlowRun | null> {
  if (modelStarting.peek() || modelRun.peek()) return null;
  modelFailure.value = null;
  try {
    modelStarting.value = true;
    let run = await start().finally(() => {
      modelStarting.value = false;
    });
    modelRun.value = run;
    for (let failures = 0; ; ) {
      await new Promise((resolve) =>
        setTimeout(resolve, Math.min(PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS)),
      );
      try {
        const news = await fetchFlowRun(run.id);
        failures = 0;
        run = news;
        modelRun.value = news;
        if (news.status !== 'queued' && news.status !== 'running') return concluded(news);
      } catch (cause) {
        const { status } = asFailure(cause);
        if (status >= 400 && status < 500 && status !== 429) throw cause;
        failures++;
      }
    }
  } catch (cause) {
    modelFailure.value = asFailure(cause);
    return null;
  } finally {
    modelRun.value = null;
  }
}

function concluded(run: FlowRun): FlowRun {
  if (run.status === 'cancelled') announce('Travail arrêté.');
  else if (run.status !== 'done') modelFailure.value = { message: run.message ?? '' };
  return run;
}
