import { type Kysely, sql } from 'kysely';
import type { FlowSetsWanted } from '../../contracts/flow-sets.ts';
import type { SetExchange, SetFlow } from '../../core/flows/sets.ts';
import type { Schema } from '../schema.ts';
import { type FlowChoice, ofSpecialty, patientsOf } from './flows.ts';

/**
 * What sets of units keep, lose and draw. Sets may share units: a flow is then counted for each set
 * that holds its origin, and one that ends in its own set does not leave it.
 */
export function flowSetRepository(db: Kysely<Schema>) {
  return {
    async measure(
      choice: FlowChoice,
      { sets, k }: Pick<FlowSetsWanted, 'sets' | 'k'>,
    ): Promise<{ sets: SetExchange[]; flows: SetFlow[] }> {
      const members = sets.flatMap(({ units }, set) => units.map((unit) => ({ set, unit })));
      const { dataset, specialty, masked } = choice;
      // Materialised: the members are few, and both parts read the flows they touch only once.
      const touched = sql`
        member as materialized (
          select distinct s.set, s.unit from unnest(${members.map(({ set }) => set)}::integer[],
            ${members.map(({ unit }) => unit)}::text[]) as s(set, unit)
        ), place as materialized (select distinct unit from member
        ), leaving as materialized (
          select f.origin, f.destination, sum(${patientsOf(masked)}) as patients
          from flow f join place on place.unit = f.origin
          where f.dataset = ${dataset} and ${ofSpecialty(specialty)}
          group by f.origin, f.destination
        )`;
      const totals = await sql<SetExchange>`
        with ${touched}, gone as (
          select o.set, sum(l.patients) as patients,
            sum(l.patients) filter (where d.unit is not null) as inside
          from leaving l join member o on o.unit = l.origin
          left join member d on d.unit = l.destination and d.set = o.set
          group by o.set
        ), entering as (
          select f.destination, sum(${patientsOf(masked)}) as patients
          from flow f join place on place.unit = f.destination
          where f.dataset = ${dataset} and ${ofSpecialty(specialty)} group by f.destination
        ), come as (
          select d.set, sum(e.patients) as treated from entering e
          join member d on d.unit = e.destination group by d.set
        )
        select m.units, coalesce(gone.patients, 0) as patients,
          coalesce(come.treated, 0) as treated, coalesce(gone.inside, 0) as inside
        from (select set, count(*) as units from member group by set) m
        left join gone using (set) left join come using (set) order by m.set`.execute(db);
      const flows = await sql<SetFlow>`
        with ${touched}
        select o.set as from, d.set as to, sum(l.patients) as patients
        from leaving l join member o on o.unit = l.origin
        left join member d on d.unit = l.destination
        where not exists (select from member own
          where own.set = o.set and own.unit = l.destination)
        group by o.set, d.set having sum(l.patients) > 0
        order by sum(l.patients) desc, o.set, d.set nulls last limit ${k}`.execute(db);
      return { sets: totals.rows, flows: flows.rows };
    },
  };
}
