import { type Kysely, sql } from 'kysely';
import type { FlowSetsWanted } from '../../contracts/flow-sets.ts';
import type { SetExchange, SetFlow } from '../../core/flows/sets.ts';
import type { Schema } from '../schema.ts';
import { type FlowChoice, ofSpecialty, patientsOf, unrolled } from './flows.ts';
import { keepsInflows } from './kept-inflows.ts';

/**
 * Flows by leaf: those of a divided commune shared out to its leaves, at both ends. Places of leaves
 * are numbers below 0, which no commune has.
 */
const leafPlaces = (vintage: string) => sql`
  leaf_place as materialized (
    select -(row_number() over (order by s.leaf))::integer as id, s.leaf, s.share, p.id as place
    from leaf_share s join flow_place p on p.code = s.commune where s.vintage = ${vintage}
  ),`;

/**
 * What sets of units keep, lose and draw. Sets may share units: a flow is then counted for each set
 * that holds its origin, and one that ends in its own set does not leave it.
 */
export function flowSetRepository(db: Kysely<Schema>) {
  return {
    /** `divided`: the vintage, where some of its communes are. */
    async measure(
      choice: FlowChoice,
      { sets, k }: Pick<FlowSetsWanted, 'sets' | 'k'>,
      divided: string | null = null,
    ): Promise<{ sets: SetExchange[]; flows: SetFlow[] }> {
      const members = sets.flatMap(({ units }, set) => units.map((unit) => ({ set, unit })));
      const { dataset, specialty, masked } = choice;
      const leaves = divided ? leafPlaces(divided) : sql``;
      const placeOf = divided ? sql`coalesce(l.id, p.id)` : sql`p.id`;
      const ofLeaf = divided ? sql`left join leaf_place l on l.leaf = s.unit` : sql``;
      const flows = sql`(select ${unrolled} from flow_row f
        where f.dataset = ${dataset} and ${ofSpecialty(specialty)}`;
      // What places receive is kept with an extract; of other flows it takes a look at every row.
      const inflows = (await keepsInflows(db, dataset))
        ? sql`(select f.specialty, unnest(f.places) as destination, unnest(f.patients) as patients,
            unnest(f.masked) as masked
          from flow_inflow f where f.dataset = ${dataset} and ${ofSpecialty(specialty)})`
        : sql`${flows})`;
      // Where something is divided, rows of its communes are read too, and shared out.
      const origins = divided
        ? sql`(select id from place union all select l.place from leaf_place l join place using (id))`
        : sql`(select id from place)`;
      const share = divided ? sql`* coalesce(o.share, 1) * coalesce(d.share, 1)` : sql``;
      const origin = divided ? sql`coalesce(o.id, f.origin)` : sql`f.origin`;
      const destination = divided ? sql`coalesce(d.id, f.destination)` : sql`f.destination`;
      const spread = divided
        ? sql`left join leaf_place o on o.place = f.origin
          left join leaf_place d on d.place = f.destination`
        : sql``;
      const mine = divided ? sql`where ${origin} in (select id from place)` : sql``;
      // Materialised: the members are few, and both parts read the flows they touch only once.
      const touched = sql`${leaves}
        member as materialized (
          select distinct s.set, s.unit, ${placeOf} as id
          from unnest(${members.map(({ set }) => set)}::integer[],
            ${members.map(({ unit }) => unit)}::text[]) as s(set, unit)
          left join flow_place p on p.code = s.unit ${ofLeaf}
        ), place as materialized (select distinct id from member where id is not null
        ), leaving as materialized (
          select ${origin} as origin, ${destination} as destination,
            sum(${patientsOf(masked)} ${share}) as patients
          from ${flows} and f.origin in ${origins}) f ${spread} ${mine}
          group by 1, 2
        )`;
      const totals = await sql<SetExchange>`
        with ${touched}, gone as (
          select o.set, sum(l.patients) as patients,
            sum(l.patients) filter (where d.id is not null) as inside
          from leaving l join member o on o.id = l.origin
          left join member d on d.id = l.destination and d.set = o.set
          group by o.set
        ), entering as (
          select place.id as destination, sum(${patientsOf(masked)} ${divided ? sql`* coalesce(d.share, 1)` : sql``}) as patients
          from ${inflows} f
          ${divided ? sql`left join leaf_place d on d.place = f.destination` : sql``}
          join place on place.id = ${destination} group by place.id
        ), come as (
          select d.set, sum(e.patients) as treated from entering e
          join member d on d.id = e.destination group by d.set
        )
        select m.units, coalesce(gone.patients, 0) as patients,
          coalesce(come.treated, 0) as treated, coalesce(gone.inside, 0) as inside
        from (select set, count(*) as units from member group by set) m
        left join gone using (set) left join come using (set) order by m.set`.execute(db);
      const largest = await sql<SetFlow>`
        with ${touched}
        select o.set as from, d.set as to, sum(l.patients) as patients
        from leaving l join member o on o.id = l.origin
        left join member d on d.id = l.destination
        where not exists (select from member own
          where own.set = o.set and own.id = l.destination)
        group by o.set, d.set having sum(l.patients) > 0
        order by sum(l.patients) desc, o.set, d.set nulls last limit ${k}`.execute(db);
      return { sets: totals.rows, flows: largest.rows };
    },
  };
}
