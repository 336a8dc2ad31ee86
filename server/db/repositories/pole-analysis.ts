import { type Kysely, sql } from 'kysely';
import type { PoleParameters } from '../../contracts/poles.ts';
import type { Schema } from '../schema.ts';
import { catchmentsOf } from './pole-catchments.ts';
import { counted, millionths, type PoleAnalysis } from './pole-cells.ts';
import { flagFragile } from './pole-fragility.ts';

type Db = Kysely<Schema>;

/**
 * Finds the poles of one run, set-based, in temporary tables of integers: texts would be compared
 * nine million times on a national extract. Specialty 0 is « all ». To be called in a transaction.
 *
 * - Plurality: the pole of a commune is the destination of most of its patients, itself included;
 *   ties go to the larger total inflow, then to the lower code.
 * - Nystuen–Dacey (J. D. Nystuen and M. F. Dacey, « A graph theory interpretation of nodal
 *   regions », Papers of the Regional Science Association 7, 1961): the largest flow of commune i,
 *   itself excluded, goes to j (ties as above); i is dominated by j, its pole, if the total inflow of
 *   j exceeds that of i, and is its own pole otherwise. Total inflow is all the patients treated
 *   there, residents included: what a place weighs. Only direct flows count, as in the article
 *   before its power series. Inflow grows along every link, so the links are a forest.
 *
 * Poles are found for the communes of the loaded vintage, whose flows are whole; those of outside
 * communes are in the inflows, and an outside commune may be a pole.
 */
export async function findPoles(db: Db, analysis: PoleAnalysis): Promise<void> {
  await sql`set local work_mem = '128MB'`.execute(db);
  await sql`set local jit = off`.execute(db);
  await createStages(db);
  await stageCells(db, analysis);
  await rankDestinations(db, analysis.parameters);
  await choosePoles(db, analysis.parameters);
  await flagFragile(db, analysis.parameters);
  await writePoles(db, analysis.run);
  await catchmentsOf(db, analysis);
  await sql`drop table ${stages}`.execute(db);
}

const stages = sql`pole_place, pole_kind, pole_cell, pole_inflow, pole_rank, pole_found`;

async function createStages(db: Db): Promise<void> {
  await sql`create temporary table pole_place (
    id integer primary key, code text not null, loaded boolean not null,
    population integer not null) on commit drop`.execute(db);
  await sql`create temporary table pole_kind (
    s smallint primary key, key text not null, weight double precision not null)
    on commit drop`.execute(db);
  await sql`create temporary table pole_cell (
    s smallint not null, o integer not null, d integer not null,
    known double precision not null, masked double precision not null)
    on commit drop`.execute(db);
  await sql`create temporary table pole_inflow (
    s smallint not null, d integer not null, inflow double precision not null)
    on commit drop`.execute(db);
  await sql`create temporary table pole_rank (
    s smallint not null, o integer not null,
    d1 integer, v1 double precision, d2 integer, v2 double precision,
    d3 integer, v3 double precision, own double precision not null,
    total double precision not null, entropy double precision not null,
    masked double precision not null) on commit drop`.execute(db);
  // winner is the pole before thresholds; dominator is that of Nystuen–Dacey, in either method.
  await sql`create temporary table pole_found (
    s smallint not null, o integer not null, winner integer, pole integer,
    rate double precision not null, second integer, second_rate double precision not null,
    total double precision not null, entropy double precision not null,
    dominator integer, masked double precision not null, fragile boolean not null)
    on commit drop`.execute(db);
}

async function stageCells(db: Db, { dataset, vintage, parameters }: PoleAnalysis): Promise<void> {
  const keys = Object.keys(parameters.weights);
  const weights = Object.values(parameters.weights);
  await sql`
    insert into pole_place
    select row_number() over (order by c.code collate "C"), c.code, u.code is not null,
      coalesce(u.population, 0)
    from (select origin as code from flow where dataset = ${dataset}
      union select destination from flow where dataset = ${dataset}) c
    left join unit u on u.code = c.code and u.vintage = ${vintage}`.execute(db);
  // A walk along the primary key: the flows are many, the specialties few.
  await sql`
    with recursive walk as (
      (select min(specialty) as key from flow where dataset = ${dataset})
      union all
      select (select min(specialty) from flow where dataset = ${dataset} and specialty > walk.key)
      from walk where walk.key is not null
    )
    insert into pole_kind
    select row_number() over (order by walk.key collate "C"), walk.key, coalesce(w.weight, 1)
    from walk left join unnest(${keys}::text[], ${weights}::double precision[]) as w(key, weight)
      on w.key = walk.key
    where walk.key is not null`.execute(db);
  await sql`
    insert into pole_cell
    select k.s, o.id, d.id, f.patients, f.masked
    from flow f join pole_kind k on k.key = f.specialty
    join pole_place o on o.code = f.origin join pole_place d on d.code = f.destination
    where f.dataset = ${dataset} and (f.patients > 0 or f.masked > 0)`.execute(db);
  await sql`analyze pole_cell`.execute(db);
  await sql`
    insert into pole_cell
    select 0, c.o, c.d, sum(c.known * k.weight), sum(c.masked * k.weight)
    from pole_cell c join pole_kind k using (s) where k.weight > 0 group by c.o, c.d`.execute(db);
  await sql`insert into pole_kind values (0, 'all', 0)`.execute(db);
  await sql`
    insert into pole_inflow select s, d, sum(${counted(parameters)}) from pole_cell
    group by s, d`.execute(db);
  await sql`analyze pole_place`.execute(db);
  await sql`analyze pole_cell`.execute(db);
  await sql`analyze pole_inflow`.execute(db);
}

/**
 * The first three destinations of each commune, total and entropy `H = −Σ p log₂ p`, bits, written
 * `(ln T − Σ v ln v / T) / ln 2` so that one pass over the cells is enough. Three, since one of them
 * may be the commune itself. Two inflows differ by the commune's own cells when their cells are
 * equal, so the tie-break looks at what comes from the others: it does not move with these cells.
 */
async function rankDestinations(db: Db, parameters: PoleParameters): Promise<void> {
  const v = sql`v`;
  await sql`
    insert into pole_rank
    select s, o,
      max(d) filter (where rank = 1 and v > 0), max(v) filter (where rank = 1),
      max(d) filter (where rank = 2 and v > 0), max(v) filter (where rank = 2),
      max(d) filter (where rank = 3 and v > 0), max(v) filter (where rank = 3),
      coalesce(max(v) filter (where d = o), 0), sum(v),
      case when sum(v) > 0 then greatest(0, (ln(sum(v))
        - coalesce(sum(v * ln(v)) filter (where v > 0), 0) / sum(v)) / ln(2::double precision))
        else 0 end,
      sum(masked)
    from (
      select s, o, d, v, masked, row_number() over (partition by s, o
        order by v > 0 desc, ${millionths(v)} desc, ${millionths(sql`inflow - v`)} desc, d) as rank
      from (select s, o, d, masked, ${counted(parameters)} as v from pole_cell) c
      join pole_inflow using (s, d)
      join pole_place on pole_place.id = o and pole_place.loaded
    ) ranked group by s, o`.execute(db);
  await sql`analyze pole_rank`.execute(db);
}

/**
 * The pole by the method, then the thresholds. A pole that attracts fewer than `minCommunes`
 * communes loses them all, and they have no pole: sending them on to their next destination would
 * show as an attraction what the flows do not show. So one pass is enough: no other pole changes.
 */
async function choosePoles(db: Db, parameters: PoleParameters): Promise<void> {
  const { method, minPatients, minRate, minCommunes } = parameters;
  const dominant = method === 'nystuen-dacey';
  await sql`
    with led as (
      select r.*,
        case when d1 <> o then d1 else d2 end as leader,
        case when d1 <> o then v1 else v2 end as leader_v,
        -- the first of the others, once the leader is taken
        case when d1 = o or d2 = o then d3 else d2 end as next,
        case when d1 = o or d2 = o then v3 else v2 end as next_v
      from pole_rank r
    ), judged as (
      select led.*, case when ${millionths(sql`there.inflow`)}
        > ${millionths(sql`coalesce(here.inflow, 0)`)} then leader end as dominator
      from led left join pole_inflow there on there.s = led.s and there.d = led.leader
      left join pole_inflow here on here.s = led.s and here.d = led.o
    ), won as (
      select judged.*, ${dominant ? sql`case when d1 is null then null else coalesce(dominator, o) end` : sql`d1`} as winner,
        ${dominant ? sql`case when dominator is null then own else leader_v end` : sql`v1`} as winner_v,
        ${dominant ? sql`case when dominator is null then leader else next end` : sql`d2`} as second,
        ${dominant ? sql`case when dominator is null then leader_v else next_v end` : sql`v2`} as second_v
      from judged
    ), rated as (
      select won.*, case when total > 0 then winner_v / total else 0 end as rate,
        case when second is null then 0 else second_v / total end as second_rate
      from won
    )
    insert into pole_found
    select s, o, winner,
      case when total >= ${minPatients}::double precision
        and rate >= ${minRate}::double precision then winner end,
      rate, second, second_rate, total, entropy, dominator, masked, false
    from rated`.execute(db);
  if (minCommunes > 1) {
    await sql`
      update pole_found f set pole = null
      from (select s, pole from pole_found where pole is not null group by s, pole
        having count(*) < ${minCommunes}) small
      where f.s = small.s and f.pole = small.pole`.execute(db);
  }
  await sql`analyze pole_found`.execute(db);
}

async function writePoles(db: Db, run: number): Promise<void> {
  await sql`
    with agreed as (
      select a.o, avg(case when f.pole = a.pole then 1.0::double precision else 0 end) as agreement
      from pole_found a join pole_found f on f.o = a.o and f.s > 0 and f.pole is not null
      join pole_kind k on k.s = f.s and k.weight > 0
      where a.s = 0 and a.pole is not null group by a.o
    )
    insert into pole (run, specialty, unit, pole, patients, rate, second, gap, entropy, agreement,
      fragile)
    select ${run}::integer, k.key, o.code, p.code, f.total, f.rate, n.code,
      case when f.winner is not null then f.rate - f.second_rate end, f.entropy,
      case when f.s = 0 then agreed.agreement end, f.fragile
    from pole_found f join pole_kind k using (s) join pole_place o on o.id = f.o
    left join pole_place p on p.id = f.pole left join pole_place n on n.id = f.second
    left join agreed on agreed.o = f.o`.execute(db);
}
