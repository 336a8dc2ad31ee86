import type {
  CutPreview,
  CutPreviewWanted,
  CutWanted,
  LeavesReplaced,
  MergeWanted,
  SubdivisionInspection,
} from '../../../server/contracts/divisions.ts';
import { call } from './client.ts';
import { type Send, sendFile } from './flow-imports.ts';

export const previewCut = (wanted: CutPreviewWanted, signal: AbortSignal) =>
  call<CutPreview>('/api/cuts/preview', { method: 'POST', body: wanted, signal });

export const cutUnit = (wanted: CutWanted) =>
  call<LeavesReplaced>('/api/cuts', { method: 'POST', body: wanted });

export const mergeUnits = (wanted: MergeWanted) =>
  call<LeavesReplaced>('/api/mergers', { method: 'POST', body: wanted });

export const removeDivision = (commune: string) =>
  call<LeavesReplaced>(`/api/divisions/${commune}`, { method: 'DELETE' });

export const sendSubdivisions: Send<SubdivisionInspection> = (...sent) =>
  sendFile('/api/subdivision-files', ...sent);

export const importSubdivisions = (id: string, communes: string[]) =>
  call<LeavesReplaced>(`/api/subdivision-files/${id}/import`, {
    method: 'POST',
    body: { communes },
  });
