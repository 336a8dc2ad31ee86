import type {
  CreatedCpts,
  CreateSeveralCpts,
  DraftExport,
  ExportFormat,
  OutlineShares,
  TerritoryFile,
} from '../../../server/contracts/territory-files.ts';
import { call, failure, unreachable } from './client.ts';

/** Position rings of a polygon, longitude and latitude. */
export type Outline = { type: 'Polygon'; coordinates: [number, number][][] };

/** Sends a file and gives its territories as units. `by: 'area'` reads outlines despite codes. */
export async function readTerritoryFile(
  file: File,
  by: 'auto' | 'area',
  signal: AbortSignal,
): Promise<TerritoryFile> {
  const query = new URLSearchParams({ name: file.name, by });
  const response = await ask(`/api/territory-files?${query}`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    body: file,
    signal,
  });
  return (await response.json()) as TerritoryFile;
}

export const fetchOutlineShares = (outline: Outline, signal: AbortSignal) =>
  call<OutlineShares>('/api/outline-shares', { method: 'POST', body: { outline }, signal });

export const createSeveralCpts = (wanted: CreateSeveralCpts) =>
  call<CreatedCpts>('/api/cpts-drafts', { method: 'POST', body: wanted });

export interface ExportedFile {
  name: string;
  content: Blob;
}

export const exportCpts = (id: number, format: ExportFormat) =>
  exported(`/api/cpts/${id}/export?format=${format}`);

/** Every CPTS that is not closed. */
export const exportAllCpts = (format: ExportFormat) =>
  exported(`/api/cpts-export?format=${format}`);

export const exportDraft = (draft: DraftExport) =>
  exported('/api/territory-exports', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(draft),
  });

async function exported(path: string, init: RequestInit = {}): Promise<ExportedFile> {
  const response = await ask(path, init);
  const said = response.headers.get('content-disposition') ?? '';
  const name = /filename="([^"]+)"/.exec(said)?.[1] ?? 'territoire';
  return { name, content: await response.blob() };
}

/** Throws `ApiFailure` for what is no success, or `AbortError`. */
export async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw unreachable();
  }
  if (response.ok) return response;
  throw failure(response.status, await response.json().catch(() => undefined));
}
