import type { Cpts, CptsPage, CreateCpts } from '../../../server/contracts/cpts.ts';
import type { FlowDatasetPage } from '../../../server/contracts/flow-datasets.ts';
import type {
  CalibrationWanted,
  FlowModelWanted,
  SupplySummary,
} from '../../../server/contracts/flow-models.ts';
import type { FlowRunSummary } from '../../../server/contracts/flow-runs.ts';
import type { Health, HealthUnavailable } from '../../../server/contracts/health.ts';
import type { OverlapPage } from '../../../server/contracts/overlaps.ts';
import type {
  PoleComparison,
  PoleParameters,
  PoleProfile,
  PoleRun,
  PoleRunPage,
  Poles,
} from '../../../server/contracts/poles.ts';
import type { PlaceNames, UnitGraph } from '../../../server/contracts/units.ts';
import { readMatrix } from '../../../server/core/flows/matrix-bytes.ts';
import { allItems, call, callBytes } from './client.ts';

/** Health answers 503 with its own shape while the first load runs: that is no failure. */
export async function fetchHealth(): Promise<Health | HealthUnavailable> {
  try {
    const response = await fetch('/api/health', { headers: { accept: 'application/json' } });
    const body = (await response.json()) as Health | HealthUnavailable;
    if (response.ok || response.status === 503) return body;
  } catch {
    // The typed call below says it in the words of every other failure.
  }
  return call<Health>('/api/health');
}

export const fetchUnitGraph = () => call<UnitGraph>('/api/unit-graph');

export const fetchPlaceNames = (signal: AbortSignal) =>
  call<PlaceNames>('/api/place-names', { signal });

export const fetchFlowDatasets = (signal?: AbortSignal) =>
  allItems<FlowDatasetPage>('/api/flow-datasets', signal);

/** Of a run, or of the dataset's default one. */
export const fetchPoles = (
  { dataset, run, specialty }: { dataset: number; run: number | null; specialty: string },
  signal: AbortSignal,
) =>
  call<Poles>(run === null ? `/api/flow-datasets/${dataset}/poles` : `/api/pole-runs/${run}`, {
    query: { specialty },
    signal,
  });

/** What changes from one map of poles to another. */
export const fetchPoleComparison = (
  one: { run: number; specialty: string },
  other: { run: number; specialty: string },
  signal: AbortSignal,
) =>
  call<PoleComparison>(`/api/pole-runs/${one.run}/comparison`, {
    query: { specialty: one.specialty, with: other.run, otherSpecialty: other.specialty },
    signal,
  });

/** Analyses of a dataset, the latest first. */
export const fetchPoleRuns = (dataset: number, signal: AbortSignal) =>
  allItems<PoleRunPage>(`/api/flow-datasets/${dataset}/pole-runs`, signal);

export const analysePoles = (dataset: number, parameters: PoleParameters, signal: AbortSignal) =>
  call<PoleRun>(`/api/flow-datasets/${dataset}/pole-runs`, {
    method: 'POST',
    body: parameters,
    signal,
  });

export const fetchPoleProfile = (run: number, code: string, signal: AbortSignal) =>
  call<PoleProfile>(`/api/pole-runs/${run}/poles/${code}`, { signal });

/**
 * Every flow of a specialty; `run` names the analysis whose weights count in « all », `units` the
 * unit graph whose units they are between.
 */
export const fetchMatrix = async (
  { id, createdAt }: { id: number; createdAt: string },
  specialty: string,
  run: number | null,
  units: string,
  signal: AbortSignal,
) =>
  readMatrix(
    await callBytes(`/api/flow-datasets/${id}/matrix`, {
      query: { specialty, run: run ?? undefined, created: createdAt, units },
      signal,
    }),
  );

export const fetchSupply = (signal?: AbortSignal) =>
  call<SupplySummary>('/api/supply', signal ? { signal } : {});

export const startFlowModel = (wanted: FlowModelWanted) =>
  call<FlowRunSummary>('/api/flow-models', { method: 'POST', body: wanted });

export const startCalibration = (wanted: CalibrationWanted) =>
  call<FlowRunSummary>('/api/calibrations', { method: 'POST', body: wanted });

export const fetchCpts = (signal?: AbortSignal) => allItems<CptsPage>('/api/cpts', signal);

export const createCpts = (cpts: CreateCpts) =>
  call<Cpts>('/api/cpts', { method: 'POST', body: cpts });

export const fetchOverlaps = (signal?: AbortSignal) =>
  allItems<OverlapPage>('/api/overlaps', signal);
