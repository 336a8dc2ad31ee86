import { type Kysely, sql } from 'kysely';
import type { CptsStatus } from '../../contracts/cpts.ts';
import type { Day } from '../../core/life/days.ts';
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
    /** By number; those that hold units of the vintage, or held them at the end of a day. */
    async list(vintage: string, day?: Day): Promise<OpenTerritory[]> {
      const { rows } = await (day === undefined
        ? sql<OpenTerritory>`
            select c.id, c.name, c.status, c.recognised, array_agg(m.unit) as units
            from cpts c join cpts_member m on m.cpts = c.id
            join unit u on u.code = m.unit and u.vintage = ${vintage}
            where c.status <> 'closed' group by c.id order by c.id`
        : sql<OpenTerritory>`
            select c.id, c.name, h.status, h.recognised, array_agg(u.code) as units
            from (select * from cpts_phase h where ${heldOn(day)}) h
            join cpts c on c.id = h.cpts cross join lateral unnest(h.units) as m (unit)
            join unit u on u.code = m.unit and u.vintage = ${vintage}
            group by c.id, h.status, h.recognised order by c.id`
      ).execute(db);
      return rows;
    },
  };
}

/** Phases, called `h`, of CPTS that were open at the end of a day. */
export const heldOn = (day: Day) => sql`h.status <> 'closed'
  and h.since <= ${day}::date and (h.until is null or h.until > ${day}::date)`;
