import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import { counted, type KeptRanks, millionths, type PoleAnalysis } from './pole-cells.ts';

type Db = Kysely<Schema>;

/** What a key that ranks destinations must hold (`rankDestinations`). */
export interface PlaceOrder {
  /** how many places there are */
  places: number;
  /** machine numbers where 63 bits hold the patients, as they do unless weights are large */
  keys: 'bigint' | 'numeric';
}

const stageOf = (run: number) => sql.id(`pole_stage_${run}`);

/**
 * The stages of a run are unlogged tables in a schema of its own, which a failure rolls back: the
 * database reads temporary ones with one processor only. Answers the search path that was.
 */
export async function createStages(db: Db, run: number): Promise<string> {
  const { rows } = await sql<{ path: string }>`
    select current_setting('search_path') as path`.execute(db);
  const path = rows[0]?.path ?? 'public';
  await sql`create schema ${stageOf(run)}`.execute(db);
  await sql`select set_config('search_path', ${`pole_stage_${run}, ${path}`}, true)`.execute(db);
  return path;
}

export async function dropStages(db: Db, run: number, path: string): Promise<void> {
  await sql`drop schema ${stageOf(run)} cascade`.execute(db);
  await sql`select set_config('search_path', ${path}, true)`.execute(db);
}

/** Communes of a block: enough to make a call worth it, few enough to share out evenly. */
const BLOCK = 512;

/**
 * Makes a stage of what `rows` selects for the communes `lo` to `hi` of a block. The database reads
 * a subquery that looks at the row before it (`lateral`) with one processor only; called for blocks
 * of communes, as a function, all of them share the blocks out.
 */
export async function stageByBlocks(
  db: Db,
  table: string,
  columns: string,
  rows: RawBuilder<unknown>,
): Promise<void> {
  const { sql: body, parameters } = rows.compile(db);
  if (parameters.length > 0) throw new Error(`the rows of ${table} take no parameters`);
  const name = `${table}_of_block`;
  // Volatile, so that it is called: a stable one would be written out as the subquery it holds.
  await sql`create function ${sql.id(name)}(lo integer, hi integer)
    returns table (${sql.raw(columns)}) language sql volatile parallel safe
    as ${sql.lit(body)}`.execute(db);
  // The planner knows what handing rows over costs and not what a block does. The processor that
  // writes the stage would let the others wait while it worked on a block of its own.
  await sql`set local parallel_tuple_cost = 0`.execute(db);
  await sql`set local parallel_setup_cost = 0`.execute(db);
  await sql`set local parallel_leader_participation = off`.execute(db);
  await sql`create unlogged table ${sql.id(table)} as
    select x.* from pole_block b cross join lateral ${sql.id(name)}(b.lo, b.hi) x`.execute(db);
  await sql`set local parallel_tuple_cost to default`.execute(db);
  await sql`set local parallel_setup_cost to default`.execute(db);
  await sql`set local parallel_leader_participation to default`.execute(db);
}

/** A block a page, since processors share a table out by its pages. */
async function stageBlocks(db: Db): Promise<void> {
  await sql`create unlogged table pole_block (lo integer, hi integer, page text)
    with (parallel_workers = 8)`.execute(db);
  await sql`alter table pole_block alter column page set storage plain`.execute(db);
  await sql`
    insert into pole_block
    select min(id), max(id), repeat(' ', 4096)
    from (select id, row_number() over (order by id) / ${sql.lit(BLOCK)} as block
      from pole_place where loaded) numbered
    group by block order by block`.execute(db);
}

/** Specialties by number (0 is « all »), what each place receives, and the places. */
export async function stageFlows(
  db: Db,
  { dataset, vintage, parameters }: PoleAnalysis,
  kept: KeptRanks,
): Promise<void> {
  const weights = sql`unnest(${Object.keys(parameters.weights)}::text[],
    ${Object.values(parameters.weights)}::double precision[]) as w(key, weight)`;
  const of = sql.lit(dataset);
  await sql`
    create unlogged table pole_kind as
    select row_number() over (order by k.key collate "C")::integer as s, k.key,
      coalesce(w.weight, 1) as weight
    from (${kept.rows ? sql`select specialty as key from flow_inflow where dataset = ${of}` : sql`select distinct specialty as key from flow_row where dataset = ${of}`}) k
    left join ${weights} on w.key = k.key`.execute(db);
  const inflow = kept.rows
    ? sql`
      select c.specialty, c.d, ${counted(parameters, 'c')} as inflow
      from (
        select specialty, unnest(places) as d, unnest(patients) as known, unnest(masked) as masked
        from flow_inflow where dataset = ${of}
      ) c`
    : sql`
      select c.specialty, c.d, sum(${counted(parameters, 'c')}) as inflow
      from (
        select specialty, unnest(destinations) as d, unnest(patients) as known,
          unnest(masked) as masked
        from flow_row where dataset = ${of}
      ) c group by c.specialty, c.d`;
  await sql`
    create unlogged table pole_inflow as
    select k.s, i.d, i.inflow from (${inflow}) i
    join pole_kind k on k.key = i.specialty`.execute(db);
  await sql`
    insert into pole_inflow
    select 0, i.d, sum(i.inflow * k.weight) from pole_inflow i join pole_kind k using (s)
    where k.weight > 0 group by i.d`.execute(db);
  await sql`insert into pole_kind values (0, 'all', 0)`.execute(db);
  // `rank` is the order of the codes, which settles ties.
  await sql`
    create unlogged table pole_place as
    select p.id, row_number() over (order by p.code collate "C")::integer as rank, p.code,
      u.code is not null as loaded, coalesce(u.population, 0) as population
    from (select d as id from pole_inflow
      union select origin from flow_row where dataset = ${sql.lit(dataset)}) named
    join flow_place p using (id)
    left join unit u on u.code = p.code and u.vintage = ${sql.lit(vintage)}
      and u.parent is null`.execute(db);
  await stageBlocks(db);
  await sql`analyze pole_kind, pole_inflow, pole_place, pole_block`.execute(db);
}

/**
 * How the destinations of a specialty rank when a commune sends them the same: by total inflow,
 * then by code. `position` has, by `flow_place.id`, 1 for the last one and more for those before
 * it; `place` has the `flow_place.id` of each position.
 */
export async function stageOrder(db: Db): Promise<PlaceOrder> {
  await sql`
    create unlogged table pole_order as
    with positioned as (
      select i.s, i.d, row_number() over (partition by i.s
        order by ${millionths(sql`i.inflow`)}, p.rank desc)::integer as position
      from pole_inflow i join pole_place p on p.id = i.d
    ), whole as (
      select k.s, id from pole_kind k
      cross join generate_series(1, (select max(id) from pole_place)) id
    )
    select s, position, place
    from (
      select w.s, array_agg(coalesce(p.position, 0) order by w.id) as position
      from whole w left join positioned p on p.s = w.s and p.d = w.id group by w.s
    ) by_place
    left join (select s, array_agg(d order by position) as place from positioned group by s) placed
      using (s)`.execute(db);
  const { rows } = await sql<{ places: number; most: number }>`
    select (select count(*) from pole_place) as places,
      coalesce((select max(inflow) from pole_inflow), 0) as most`.execute(db);
  const { places = 0, most = 0 } = rows[0] ?? {};
  return { places, keys: (most * 1e6 + 1) * 2 * (places + 1) < 2 ** 62 ? 'bigint' : 'numeric' };
}
