import { type Kysely, sql } from 'kysely';
import type { FlowSetsWanted } from '../../contracts/flow-sets.ts';
import type { SetExchange, SetFlow } from '../../core/flows/sets.ts';
import type { Schema } from '../schema.ts';
import { type FlowChoice, ofSpecialty, patientsOf, unrolled } from './flows.ts';

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
          select distinct s.set, s.unit, p.id from unnest(${members.map(({ set }) => set)}::integer[],
            ${members.map(({ unit }) => unit)}::text[]) as s(set, unit)
          left join flow_place p on p.code = s.unit
        ), place as materialized (select distinct id from member where id is not null
        ), leaving as materialized (
          select f.origin, f.destination, sum(${patientsOf(masked)}) as patients
          from (select ${unrolled} from flow_row f
            where f.dataset = ${dataset} and ${ofSpecialty(specialty)}
              and f.origin in (select id from place)) f
          group by f.origin, f.destination
        )`;
      const totals = await sql<SetExchange>`
        with ${touched}, gone as (
          select o.set, sum(l.patients) as patients,
            sum(l.patients) filter (where d.id is not null) as inside
          from leaving l join member o on o.id = l.origin
          left join member d on d.id = l.destination and d.set = o.set
          group by o.set
        ), entering as (
          select f.destination, sum(${patientsOf(masked)}) as patients
          from (select ${unrolled} from flow_row f
            where f.dataset = ${dataset} and ${ofSpecialty(specialty)}) f
          join place on place.id = f.destination group by f.destination
        ), come as (
          select d.set, sum(e.patients) as treated from entering e
          join member d on d.id = e.destination group by d.set
        )
        select m.units, coalesce(gone.patients, 0) as patients,
          coalesce(come.treated, 0) as treated, coalesce(gone.inside, 0) as inside
        from (select set, count(*) as units from member group by set) m
        left join gone using (set) left join come using (set) order by m.set`.execute(db);
      const flows = await sql<SetFlow>`
        with ${touched}
        select o.set as from, d.set as to, sum(l.patients) as patients
        from leaving l join member o on o.id = l.origin
        left join member d on d.id = l.destination
        where not exists (select from member own
          where own.set = o.set and own.id = l.destination)
        group by o.set, d.set having sum(l.patients) > 0
        order by sum(l.patients) desc, o.set, d.set nulls last limit ${k}`.execute(db);
      return { sets: totals.rows, flows: flows.rows };
    },
  };
}
