import type {
  CptsListReport,
  ImportCptsList,
  ImportedCptsList,
} from '../../../server/contracts/cpts-lists.ts';
import { call } from './client.ts';
import { ask } from './territory-files.ts';

/** Sends a list of CPTS and gives it as units, with what is to be decided. */
export async function readCptsList(file: File, signal: AbortSignal): Promise<CptsListReport> {
  const query = new URLSearchParams({ name: file.name });
  const response = await ask(`/api/cpts-lists?${query}`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    body: file,
    signal,
  });
  return (await response.json()) as CptsListReport;
}

export const importCptsList = (wanted: ImportCptsList) =>
  call<ImportedCptsList>('/api/cpts-lists/import', { method: 'POST', body: wanted });
