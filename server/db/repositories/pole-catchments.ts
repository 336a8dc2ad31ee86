import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import { cellsOf, counted, matrixRows, type PoleAnalysis } from './pole-cells.ts';

/**
 * Per pole, over the set T of the communes it attracts, specialty by specialty and over all:
 *
 * - communes and residents of T; patients treated at the pole a year, wherever they live;
 * - LI = F[T,T] / Σ_{i∈T} F[i,·] and MSI = F[T,T] / Σ_{j∈T} F[·,j] (0 where nobody is treated in T);
 * - net patient flow = inflow from outside T / outflow to outside T, null where nothing leaves;
 * - rank, from the dominant flows (Nystuen–Dacey) whatever the method: dominant when no place
 *   dominates it, intermediate when it is dominated and dominates others, else dominated.
 */
export async function catchmentsOf(
  db: Kysely<Schema>,
  { run, dataset, parameters }: PoleAnalysis,
): Promise<void> {
  // Apart from the insertion, which one processor does alone.
  await sql`
    create unlogged table pole_kept as
    select c.s, c.pole, sum(${counted(parameters, 'c')}) as inside
    from (
      select r.s, f.pole, ${cellsOf}
      from ${matrixRows(dataset)} r
      join pole_found f on f.s = r.s and f.o = r.o and f.pole is not null
    ) c join pole_found g on g.s = c.s and g.o = c.d and g.pole = c.pole
    group by c.s, c.pole`.execute(db);
  await sql`
    with attracted as (
      select f.s, f.pole, count(*) as communes, sum(u.population) as population,
        sum(f.total) as leaving, coalesce(sum(i.inflow), 0) as entering
      from pole_found f join pole_place u on u.id = f.o
      left join pole_inflow i on i.s = f.s and i.d = f.o
      where f.pole is not null group by f.s, f.pole
    ), dominators as (
      select distinct s, dominator from pole_found where dominator is not null
    )
    insert into catchment (run, specialty, pole, communes, population, patients, li, msi, net, rank)
    select ${run}::integer, k.key, p.code, a.communes, a.population, coalesce(i.inflow, 0),
      least(1, coalesce(inside, 0) / leaving),
      case when entering > 0 then least(1, coalesce(inside, 0) / entering) else 0 end,
      -- below a millionth it is what summing in another order leaves
      case when leaving - coalesce(inside, 0) > 1e-6
        then greatest(0, entering - coalesce(inside, 0)) / (leaving - coalesce(inside, 0)) end,
      case when own.dominator is null then 'dominant'
        when dominators.s is not null then 'intermediate' else 'dominated' end
    from attracted a join pole_kind k using (s) join pole_place p on p.id = a.pole
    left join pole_kept using (s, pole)
    left join pole_inflow i on i.s = a.s and i.d = a.pole
    left join pole_found own on own.s = a.s and own.o = a.pole
    left join dominators on dominators.s = a.s and dominators.dominator = a.pole`.execute(db);
}
