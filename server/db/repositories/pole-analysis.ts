import { type Kysely, sql } from 'kysely';
import type { PoleParameters } from '../../contracts/poles.ts';
import type { Schema } from '../schema.ts';
import { catchmentsOf } from './pole-catchments.ts';
import { cellsOf, counted, matrixRows, millionths, type PoleAnalysis } from './pole-cells.ts';
import { flagFragile } from './pole-fragility.ts';

type Db = Kysely<Schema>;

/**
 * Finds the poles of one run, set-based. Flows are read as the rows of a matrix, one commune and one
 * specialty each, and unrolled only in passing: what is kept is one row a commune and specialty,
 * instead of one a flow. Specialty 0 is « all ». To be called in a transaction.
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
  const path = await createStages(db, analysis.run);
  await stageFlows(db, analysis);
  await rankDestinations(db, analysis);
  await choosePoles(db, analysis.parameters);
  await flagFragile(db, analysis);
  await writePoles(db, analysis.run);
  await catchmentsOf(db, analysis);
  await sql`drop schema ${stageOf(analysis.run)} cascade`.execute(db);
  await sql`select set_config('search_path', ${path}, true)`.execute(db);
}

const stageOf = (run: number) => sql.id(`pole_stage_${run}`);

/**
 * The stages of a run are unlogged tables in a schema of its own, which a failure rolls back: the
 * database reads temporary ones with one processor only. Answers the search path that was.
 */
async function createStages(db: Db, run: number): Promise<string> {
  const { rows } = await sql<{ path: string }>`
    select current_setting('search_path') as path`.execute(db);
  const path = rows[0]?.path ?? 'public';
  await sql`create schema ${stageOf(run)}`.execute(db);
  await sql`select set_config('search_path', ${`pole_stage_${run}, ${path}`}, true)`.execute(db);
  // `rank` is the order of the codes, which settles ties.
  await sql`create unlogged table pole_place (
    id integer primary key, rank integer not null, code text not null, loaded boolean not null,
    population integer not null)`.execute(db);
  await sql`create unlogged table pole_kind (
    s smallint primary key, key text not null, weight double precision not null)`.execute(db);
  // winner is the pole before thresholds; dominator is that of Nystuen–Dacey, in either method;
  // unsure: whether masking could change the winner takes a look at every cell of the row.
  await sql`create unlogged table pole_found (
    s smallint not null, o integer not null, winner integer, pole integer,
    rate double precision not null, second integer, second_rate double precision not null,
    total double precision not null, entropy double precision not null,
    dominator integer, masked double precision not null, fragile boolean not null,
    unsure boolean not null)`.execute(db);
  return path;
}

async function stageFlows(db: Db, { dataset, vintage, parameters }: PoleAnalysis): Promise<void> {
  const weights = sql`unnest(${Object.keys(parameters.weights)}::text[],
    ${Object.values(parameters.weights)}::double precision[]) as w(key, weight)`;
  await sql`
    insert into pole_kind
    select row_number() over (order by k.key collate "C"), k.key, coalesce(w.weight, 1)
    from (select distinct specialty as key from flow_row where dataset = ${dataset}) k
    left join ${weights} on w.key = k.key`.execute(db);
  // A commune at a time: its flows lie together, and no sum is larger than one commune's.
  await sql`
    create unlogged table pole_all as
    select p.origin as o, a.ds, a.known, a.masked
    from (select distinct origin from flow_row where dataset = ${sql.lit(dataset)}) p
    cross join lateral (
      select array_agg(d) as ds, array_agg(known) as known, array_agg(masked) as masked
      from (
        select d, sum(known * weight) as known, sum(coalesce(masked, 0) * weight) as masked
        from (
          select k.weight, unnest(r.destinations) as d, unnest(r.patients) as known,
            unnest(r.masked) as masked
          from flow_row r join pole_kind k on k.key = r.specialty and k.weight > 0
          where r.dataset = ${sql.lit(dataset)} and r.origin = p.origin
        ) cell group by d
      ) total
    ) a where a.ds is not null`.execute(db);
  await sql`
    create unlogged table pole_inflow as
    select k.s, i.d, i.inflow
    from (
      select c.specialty, c.d, sum(${counted(parameters, 'c')}) as inflow
      from (
        select specialty, unnest(destinations) as d, unnest(patients) as known,
          unnest(masked) as masked
        from flow_row where dataset = ${dataset}
      ) c group by c.specialty, c.d
    ) i join pole_kind k on k.key = i.specialty`.execute(db);
  await sql`
    insert into pole_inflow
    select 0, i.d, sum(i.inflow * k.weight) from pole_inflow i join pole_kind k using (s)
    where k.weight > 0 group by i.d`.execute(db);
  await sql`insert into pole_kind values (0, 'all', 0)`.execute(db);
  await sql`
    insert into pole_place
    select p.id, row_number() over (order by p.code collate "C"), p.code, u.code is not null,
      coalesce(u.population, 0)
    from (select d as id from pole_inflow
      union select origin from flow_row where dataset = ${dataset}) named
    join flow_place p using (id)
    left join unit u on u.code = p.code and u.vintage = ${vintage}`.execute(db);
  await sql`analyze pole_kind, pole_all (o), pole_inflow, pole_place`.execute(db);
}

/**
 * The first three destinations of each commune, total and entropy `H = −Σ p log₂ p`, bits, written
 * `(ln T − Σ v ln v / T) / ln 2` so that one pass over the cells is enough. Three, since one of them
 * may be the commune itself. Two inflows differ by the commune's own cells when their cells are
 * equal, so the tie-break looks at what comes from the others: it does not move with these cells.
 * Only rows where the first four have equals need it.
 */
async function rankDestinations(db: Db, { dataset, parameters }: PoleAnalysis): Promise<void> {
  const v = counted(parameters, 'c');
  const rows = matrixRows(dataset);
  await sql`
    create unlogged table pole_lead as
    select r.s, r.o, x.*
    from ${rows} r join pole_place p on p.id = r.o and p.loaded
    cross join lateral (
      select sum(v) as total, sum(v * ln(v)) filter (where v > 0) as v_ln_v,
        sum(masked) as masked, max(v) filter (where d = r.o) as own,
        max(known + 10 * masked) filter (where masked > 0) as highest,
        (array_agg(d) filter (where v > 0))[1:4] as ds,
        (array_agg(v) filter (where v > 0))[1:4] as vs,
        (array_agg(masked) filter (where v > 0))[1:2] as ms
      from (
        select c.d, c.known, coalesce(c.masked, 0) as masked, ${v} as v
        from (select ${cellsOf}) c order by ${v} desc
      ) sorted
    ) x`.execute(db);
  const at = (k: number) => millionths(sql`l.vs[${sql.lit(k)}]`);
  // The third counts only where the commune itself may be one of the first two and be passed over.
  const deep = parameters.method === 'nystuen-dacey';
  const tied = sql`(${at(1)} = ${at(2)} or ${at(2)} = ${at(3)}
    ${deep ? sql`or ${at(3)} = ${at(4)}` : sql``})`;
  const last = deep ? sql`coalesce(l.vs[3], l.vs[2])` : sql`l.vs[2]`;
  // A leader without a masked cell, ahead of the second, is passed by masked cells that could count
  // more; one with masked cells, by cells that could count more than its own. Level with the second,
  // where a masked cell counts 5, it is passed, or passes, once a masked cell of the two moves.
  const highest = millionths(sql`l.highest`);
  const own = millionths(sql`l.vs[1] + ${sql.lit(10 - parameters.masked)} * l.ms[1]`);
  const shaky = sql`case
    when ${at(1)} is distinct from ${at(2)} then case
      when l.highest is null or (l.ms[1] = 0 and ${highest} < ${at(1)}) then false
      when ${highest} > ${own} then true end
    ${parameters.masked === 5 ? sql`when l.ms[1] > 0 or l.ms[2] > 0 then true` : sql``} end`;
  // shaky: whether masking could change the first place; null where it takes a second look.
  await sql`
    create unlogged table pole_rank as
    with lead as (
      select l.*, coalesce(l.own, 0) as own_v, coalesce(${tied}, false) as tied,
        case when total > 0 then greatest(0, (ln(total) - coalesce(v_ln_v, 0) / total)
          / ln(2::double precision)) else 0 end as entropy,
        ${shaky} as shaky
      from pole_lead l
    ), ranked as (
      select c.s, c.o, c.d, c.v, row_number() over (partition by c.s, c.o
        order by ${millionths(sql`c.v`)} desc, ${millionths(sql`i.inflow - c.v`)} desc, p.rank) as rank
      from (
        select c.s, c.o, c.d, ${v} as v, c.least
        from (
          select r.s, r.o, ${last} as least, ${cellsOf}
          from lead l join ${rows} r on r.s = l.s and r.o = l.o where l.tied
        ) c
      ) c
      join pole_inflow i on i.s = c.s and i.d = c.d join pole_place p on p.id = c.d
      where ${millionths(sql`c.v`)} >= ${millionths(sql`c.least`)}
    ), settled as (
      select s, o, max(d) filter (where rank = 1) as d1, max(v) filter (where rank = 1) as v1,
        max(d) filter (where rank = 2) as d2, max(v) filter (where rank = 2) as v2,
        max(d) filter (where rank = 3) as d3, max(v) filter (where rank = 3) as v3
      from ranked where rank <= 3 group by s, o
    )
    select s, o, ds[1] as d1, vs[1] as v1, ds[2] as d2, vs[2] as v2, ds[3] as d3, vs[3] as v3,
      own_v as own, total, entropy, masked, shaky
    from lead where not tied
    union all
    select l.s, l.o, d1, v1, d2, v2, d3, v3, own_v, total, entropy, masked, shaky
    from lead l join settled using (s, o)`.execute(db);
  await sql`analyze pole_rank (s, o)`.execute(db);
}

/**
 * The pole by the method, then the thresholds. A pole that attracts fewer than `minCommunes`
 * communes loses them all, and they have no pole: sending them on to their next destination would
 * show as an attraction what the flows do not show. So one pass is enough: no other pole changes.
 */
async function choosePoles(db: Db, parameters: PoleParameters): Promise<void> {
  const { method, minPatients, minRate, minCommunes } = parameters;
  const dominant = method === 'nystuen-dacey';
  // The winner that no other can pass, or that one surely can, needs no second look.
  const fragile = dominant
    ? sql`masked > 0 and winner is null`
    : sql`masked > 0 and (winner is null or coalesce(shaky, false))`;
  const unsure = dominant
    ? sql`masked > 0 and winner is not null`
    : sql`masked > 0 and winner is not null and shaky is null`;
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
      rate, second, second_rate, total, entropy, dominator, masked,
      ${fragile}, ${unsure}
    from rated`.execute(db);
  if (minCommunes > 1) {
    await sql`
      update pole_found f set pole = null
      from (select s, pole from pole_found where pole is not null group by s, pole
        having count(*) < ${minCommunes}) small
      where f.s = small.s and f.pole = small.pole`.execute(db);
  }
  await sql`analyze pole_found (s, o, pole)`.execute(db);
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
    left join agreed on agreed.o = f.o
    -- in the order of the index, which then grows at its end
    order by f.s, o.rank`.execute(db);
}
