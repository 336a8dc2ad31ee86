import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import { arrays, cellsOfRow, counted, type PoleAnalysis } from './pole-cells.ts';
import { stageByBlocks } from './pole-stages.ts';

/**
 * Per pole, over the set T of the communes it attracts, specialty by specialty and over all:
 *
 * - communes and residents of T; patients treated at the pole a year, wherever they live;
 * - LI = F[T,T] / Σ_{i∈T} F[i,·] and MSI = F[T,T] / Σ_{j∈T} F[·,j] (0 where nobody is treated in T);
 * - net patient flow = inflow from outside T / outflow to outside T, null where nothing leaves;
 * - rank, from the dominant flows (Nystuen–Dacey) whatever the method: dominant when no place
 *   dominates it, intermediate when it is dominated and dominates others, else dominated.
 */
export async function catchmentsOf(db: Kysely<Schema>, analysis: PoleAnalysis): Promise<void> {
  await stageInside(db, analysis);
  await sql`
    with attracted as (
      select f.s, f.pole, count(*) as communes, sum(u.population) as population,
        sum(f.total) as leaving, coalesce(sum(i.inflow), 0) as entering
      from pole_found f join pole_place u on u.id = f.o
      left join pole_inflow i on i.s = f.s and i.d = f.o
      where f.pole is not null group by f.s, f.pole
    ), dominators as (
      select distinct s, dominator from pole_found where dominator is not null
    ), figured as (
      select a.s, a.pole, a.communes, a.population, coalesce(i.inflow, 0) as patients,
        least(1, coalesce(inside, 0) / leaving) as li,
        case when entering > 0 then least(1, coalesce(inside, 0) / entering) else 0 end as msi,
        -- below a millionth it is what summing in another order leaves
        case when leaving - coalesce(inside, 0) > 1e-6
          then greatest(0, entering - coalesce(inside, 0)) / (leaving - coalesce(inside, 0)) end
          as net,
        case when own.dominator is null then 'dominant'
          when dominators.s is not null then 'intermediate' else 'dominated' end as rank
      from attracted a
      left join pole_inside using (s, pole)
      left join pole_inflow i on i.s = a.s and i.d = a.pole
      left join pole_found own on own.s = a.s and own.o = a.pole
      left join dominators on dominators.s = a.s and dominators.dominator = a.pole
    )
    insert into catchment_row (run, specialty, poles, communes, populations, patients, lis, msis,
      nets, ranks)
    select ${analysis.run}::integer, k.key, array_agg(f.pole), array_agg(f.communes),
      array_agg(f.population), array_agg(f.patients), array_agg(f.li), array_agg(f.msi),
      array_agg(f.net), array_agg(f.rank)
    from figured f join pole_kind k using (s) group by k.key`.execute(db);
}

/**
 * `F[T,T]` of every pole: what its communes send one another. The pole of a destination is read from
 * an array, not joined, and one pass does the specialties and, by adding them up weighted, over all.
 */
async function stageInside(db: Kysely<Schema>, { dataset, parameters }: PoleAnalysis) {
  await sql`
    create unlogged table pole_map as
    select k.s, array_agg(coalesce(f.pole, 0) order by id) as pole
    from pole_kind k cross join generate_series(1, (select max(id) from pole_place)) id
    left join pole_found f on f.s = k.s and f.o = id
    group by k.s`.execute(db);
  await stageByBlocks(
    db,
    'pole_kept',
    's integer, pole integer, over_all integer, inside double precision, inside_all double precision',
    sql`
      select r.s, r.here, r.here_all, x.inside, x.inside_all * r.weight
      from (
        select k.s, k.weight, t.pole, a.pole as pole_all, t.pole[f.origin] as here,
          a.pole[f.origin] as here_all, f.destinations, f.patients, f.masked
        from flow_row f join pole_kind k on k.key = f.specialty
        join ${arrays('pole_map', 'pole')} t on t.s = k.s
        cross join ${arrays('pole_map', 'pole', sql`s = 0`)} a
        where f.dataset = ${sql.lit(dataset)} and f.origin between lo and hi offset null
      ) r
      cross join lateral (
        -- counted where it is added: most cells are in neither sum
        select sum(${counted(parameters, 'c')}) filter (where r.pole[d] = r.here) as inside,
          sum(${counted(parameters, 'c')}) filter (where r.pole_all[d] = r.here_all) as inside_all
        from ${cellsOfRow} c
      ) x
      where here > 0 or here_all > 0`,
  );
  await sql`
    create unlogged table pole_inside as
    select s, pole, sum(inside) as inside from pole_kept where pole > 0 group by s, pole
    union all
    select 0, over_all, sum(inside_all) from pole_kept where over_all > 0 group by over_all`.execute(
    db,
  );
}
