import type { Cpts } from '../../../server/contracts/cpts.ts';
import type { TerritoryChange } from '../../../server/contracts/cpts-versions.ts';
import { call } from './client.ts';

/** The next version of a CPTS; 409 `stale_version` when there is a later one than `basedOn`. */
export const saveTerritory = (id: number, change: TerritoryChange) =>
  call<Cpts>(`/api/cpts/${id}/territory`, { method: 'PUT', body: change });
