import type { Cpts } from '../../../server/contracts/cpts.ts';
import { call } from './client.ts';

/** What a drawing changes of the version it was made on. */
export interface TerritoryChange {
  /** number of that version */
  basedOn: number;
  /** unit codes */
  added: string[];
  removed: string[];
  label?: string;
  note?: string;
}

/** The next version of a CPTS; 409 `stale_version` when there is a later one than `basedOn`. */
export const saveTerritory = (id: number, change: TerritoryChange) =>
  call<Cpts>(`/api/cpts/${id}/territory`, { method: 'PUT', body: change });
