import { type Kysely, sql } from 'kysely';
import type { CptsStatus } from '../../contracts/cpts.ts';
import type { Schema } from '../schema.ts';

/** An open CPTS and what it holds of a vintage. */
export interface OpenTerritory {
  id: number;
  name: string;
  status: CptsStatus;
  recognised: boolean;
  units: string[];
}

/** What open CPTS hold. */
export function openTerritoryRepository(db: Kysely<Schema>) {
  return {
    /** By number; those that hold units of the vintage. */
    async list(vintage: string): Promise<OpenTerritory[]> {
      const { rows } = await sql<OpenTerritory>`
        select c.id, c.name, c.status, c.recognised, array_agg(m.unit) as units
        from cpts c join cpts_member m on m.cpts = c.id
        join unit u on u.code = m.unit and u.vintage = ${vintage}
        where c.status <> 'closed' group by c.id order by c.id`.execute(db);
      return rows;
    },
  };
}
