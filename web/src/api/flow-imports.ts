import type {
  ExtractInspection,
  FlowImportReport,
  ImportChoices,
  SpecialtiesFound,
  SpecialtyColumns,
} from '../../../server/contracts/flow-imports.ts';
import type { TravelTimesUpload } from '../../../server/contracts/flow-models.ts';
import type { FlowRun, FlowRunPage, FlowRunSummary } from '../../../server/contracts/flow-runs.ts';
import { ApiFailure, call, failure, unreachable } from './client.ts';
import { followEvents } from './run-events.ts';

export const inspectUpload = (id: string) => call<ExtractInspection>(`/api/flow-imports/${id}`);

export const forgetUpload = (id: string) =>
  call<void>(`/api/flow-imports/${id}`, { method: 'DELETE' });

export const fetchSpecialties = (id: string, columns: SpecialtyColumns, signal: AbortSignal) =>
  call<SpecialtiesFound>(`/api/flow-imports/${id}/specialties`, {
    method: 'POST',
    body: columns,
    signal,
  });

export const startImport = (id: string, choices: ImportChoices) =>
  call<FlowRunSummary>(`/api/flow-imports/${id}/run`, { method: 'POST', body: choices });

export const fetchFlowRuns = () => call<FlowRunPage>('/api/flow-runs', { query: { limit: 20 } });

export const fetchFlowRun = (id: number) => call<FlowRun>(`/api/flow-runs/${id}`);

export const cancelFlowRun = (id: number) =>
  call<FlowRunSummary>(`/api/flow-runs/${id}/cancel`, { method: 'POST' });

export const fetchReport = (dataset: number, signal: AbortSignal) =>
  call<FlowImportReport>(`/api/flow-datasets/${dataset}/report`, { signal });

export const removeDataset = (id: number) =>
  call<void>(`/api/flow-datasets/${id}`, { method: 'DELETE' });

export type Send<Answer> = (
  file: File,
  onShare: (share: number) => void,
  signal: AbortSignal,
) => Promise<Answer>;

export const sendExtract: Send<ExtractInspection> = (...sent) =>
  sendFile('/api/flow-imports', ...sent);

export const sendTravelTimes: Send<TravelTimesUpload> = (...sent) =>
  sendFile('/api/travel-times', ...sent);

/**
 * Sends a file as it is; `onShare` tells the share sent, 0 to 1. `fetch` cannot tell it, hence the
 * older request. Throws `ApiFailure`, or `AbortError` when aborted.
 */
export function sendFile<Answer>(
  path: string,
  ...[file, onShare, signal]: Parameters<Send<Answer>>
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${path}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { status, response } = request;
      if (status === 201) resolve(response as Answer);
      else reject(failure(status, response));
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) request.abort();
    else request.send(file);
  });
}

/** Follows an import until it is over. */
export const followFlowRun = (
  id: number,
  onState: (run: FlowRun) => void,
  onTrouble: (failure: ApiFailure | null) => void,
) =>
  followEvents<FlowRun>(`/api/flow-runs/${id}/events`, onState, (lost) =>
    onTrouble(
      lost === 'gone'
        ? new ApiFailure({
            code: 'run_lost',
            message: 'Le serveur ne connaît plus cet import\u00a0: recommencez-le.',
            status: 404,
          })
        : lost && unreachable(),
    ),
  );
