import { type Kysely, sql } from 'kysely';
import type { CareKind } from '../../contracts/flow-words.ts';
import type { MaskedCount } from '../../contracts/names.ts';
import type { Schema } from '../schema.ts';
import { patientsOf } from './flows.ts';

interface KeptWanted {
  vintage: string;
  run: number;
  /** only the residents of units that this run divides too are counted */
  common: number;
  dataset: number;
  masked: MaskedCount;
  /** the specialties of the dataset, by key */
  kinds: ReadonlyMap<string, CareKind>;
}

/** Patients a year of one kind of care who live in a territory of a run. */
export interface KeptRow {
  territory: number;
  kind: CareKind;
  patients: number;
  /** those treated in the territory */
  inside: number;
}

/**
 * What the territories of finished runs keep of each kind of care. Flows of a divided commune are shared
 * out to its leaves by population, at both ends, as `core/flows/apportion.ts` does: so a territory has
 * the share of each commune that its leaves have.
 */
export function keptCareRepository(db: Kysely<Schema>) {
  return {
    async byTerritory({
      vintage,
      run,
      common,
      dataset,
      masked,
      kinds,
    }: KeptWanted): Promise<KeptRow[]> {
      const { rows } = await sql<KeptRow>`
        with kind as (
          select * from unnest(${[...kinds.keys()]}::text[], ${[...kinds.values()]}::text[])
            as k(specialty, kind)
        ), held as materialized (
          select p.id, m.territory, sum(coalesce(s.share, 1)) as share,
            sum(coalesce(s.share, 1)) filter (where c.unit is not null) as counted
          from proposal_member m
          left join proposal_member c on c.run = ${common} and c.unit = m.unit
          left join leaf_share s on s.leaf = m.unit and s.vintage = ${vintage}
          join flow_place p on p.code = coalesce(s.commune, m.unit)
          where m.run = ${run}
          group by p.id, m.territory
        )
        select o.territory, k.kind, sum(${patientsOf(masked)} * o.counted) as patients,
          coalesce(sum(${patientsOf(masked)} * o.counted * d.share), 0) as inside
        from flow_row r join kind k using (specialty)
        join held o on o.id = r.origin and o.counted > 0
        cross join lateral unnest(r.destinations, r.patients, r.masked)
          as f(destination, patients, masked)
        left join held d on d.id = f.destination and d.territory = o.territory
        where r.dataset = ${dataset}
        group by o.territory, k.kind`.execute(db);
      return rows;
    },
  };
}
