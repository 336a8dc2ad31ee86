import type { Cpts } from '../../../server/contracts/cpts.ts';
import { call } from './client.ts';

/** What a drawing changes of the version it was made on. */
interface TerritoryChange {
  /** number of that version */
  basedOn: number;
  /** unit codes */
  added: string[];
  removed: string[];
  label?: string;
  note?: string;
}

/** What others made of a territory since the version drawn on: `details` of `stale_version`. */
export interface StaleVersion {
  version: number;
  author: string;
  at: string;
  /** unit codes */
  added: string[];
  removed: string[];
}

/** The next version of a CPTS; 409 `stale_version` when there is a later one than `basedOn`. */
export const saveTerritory = (id: number, change: TerritoryChange) =>
  call<Cpts>(`/api/cpts/${id}/territory`, { method: 'PUT', body: change });
