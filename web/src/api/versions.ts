import type { Cpts } from '../../../server/contracts/cpts.ts';
import type {
  RestoreVersion,
  Version,
  VersionComparison,
  VersionPage,
} from '../../../server/contracts/cpts-versions.ts';
import { allItems, call } from './client.ts';

/** Versions of a CPTS, the latest first. */
export const fetchVersions = (cpts: number, signal: AbortSignal) =>
  allItems<VersionPage>(`/api/cpts/${cpts}/versions`, signal);

export const fetchVersion = (cpts: number, number: number, signal: AbortSignal) =>
  call<Version>(`/api/cpts/${cpts}/versions/${number}`, { signal });

/** What leads from one version to another. */
export const fetchVersionComparison = (
  cpts: number,
  before: number,
  after: number,
  signal: AbortSignal,
) =>
  call<VersionComparison>(`/api/cpts/${cpts}/versions/${before}/comparison`, {
    query: { with: after },
    signal,
  });

export const restoreVersion = (cpts: number, number: number, body: RestoreVersion) =>
  call<Cpts>(`/api/cpts/${cpts}/versions/${number}/restore`, { method: 'POST', body });
