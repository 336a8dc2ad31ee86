import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import {
  cellsOfRow,
  cellsOverAll,
  counted,
  type KeptRanks,
  millionths,
  type PoleAnalysis,
} from './pole-cells.ts';
import { stageByBlocks } from './pole-stages.ts';
import { stageSettled } from './pole-sure-leaders.ts';

/**
 * Flags the communes whose winner some value from 1 to 10 in each of their own masked cells would
 * change; the cells of other communes stay at the count chosen.
 *
 * For commune i let `u_j` be what it sends to j, `rest_j` what the others send there, so that the
 * total inflow of j is `rest_j + u_j`; `u_j` runs from `lo_j` (masked cells at 1) to `hi_j` (at 10).
 *
 * **Order.** Destinations rank by `u_j`, then by total inflow, then by code; when `u_j = u_k` their
 * inflows compare as `rest_j` and `rest_k`, so the order is that of `(u_j, rest_j, code)` and
 * `rest_j` does not move with the commune's cells.
 *
 * **Plurality.** The winner w changes if and only if some c passes before w for some values. That c
 * does so is kept by raising `u_c` and by lowering `u_w`, whatever the other cells: so it happens
 * for some values if and only if it happens with c's cells at 10 and w's at 1.
 *
 * **Nystuen–Dacey.** The outcome is j when j leads the others and `rest_j + u_j > rest_i + u_i`.
 * Both are kept by raising `u_j` and lowering every other cell, i's own included: extremes suffice.
 * The outcome is i itself when the leader's inflow does not exceed i's; i's own cell is best at 10.
 * Let t lead with every cell at 1. Either t's inflow then does not exceed i's, or another j must lead
 * with less inflow than t, hence `rest_j < rest_t`, hence `u_j > lo_t` (a tie would go to t): the least
 * inflow j can lead with is just above `rest_j + lo_t`, and there is room if and only if
 * `hi_j > lo_t` and `rest_j + lo_t < rest_i + hi_i`. With whole counts and equal weights "just above"
 * is one patient more, and `<` says that this patient fits: the flag is the enumeration of 1 to 10.
 * With unequal weights or cells split by a ratio, a value is any real number from 1 to 10.
 */
export async function flagFragile(
  db: Kysely<Schema>,
  analysis: PoleAnalysis,
  kept: KeptRanks,
): Promise<void> {
  const { rows } = await sql<{
    unsure: boolean;
  }>`select exists (select from pole_found where unsure) as unsure`.execute(db);
  if (!rows[0]?.unsure) return;
  const dominant = analysis.parameters.method === 'nystuen-dacey';
  if (dominant) await stageOtherOutcomes(db, analysis, kept);
  await sql`
    ${dominant ? sql`` : sql`with ${passedBefore(analysis)}`}
    update pole_found f set fragile = true
    from (${dominant ? sql`select s, o from pole_shaken union select s, o from pole_settled where changed` : sql`select distinct s, o from changed`}) shaky
    where f.s = shaky.s and f.o = shaky.o`.execute(db);
}

/** Patients of a cell with its masked cells at 1, and at 10. */
const lo = millionths(sql`c.known + coalesce(c.masked, 0)`);
const hi = millionths(sql`c.known + 10 * coalesce(c.masked, 0)`);

/** Rows `s, o, winner`, of a specialty and over all, beside what `look` selects of their cells. */
function rowsOf(
  dataset: number,
  rows: RawBuilder<unknown>,
  look: (cells: RawBuilder<unknown>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    select f.s, f.o, f.winner, x.* from (${rows}) f join pole_kind k on k.s = f.s
    join flow_row r on r.dataset = ${sql.lit(dataset)} and r.origin = f.o and r.specialty = k.key
    cross join lateral (${look(cellsOfRow)}) x
    union all
    select f.s, f.o, f.winner, x.* from (${rows}) f
    cross join lateral (${look(cellsOverAll(dataset, sql.ref('f.o')))}) x
    where f.s = 0`;
}

/** The tie-break is looked up only where the most another counts is the winner's least. */
function passedBefore({ dataset, parameters }: PoleAnalysis) {
  return sql`unsure_row as materialized (
    -- Of every row, what the winner counts at least and the most that another one does.
    ${rowsOf(
      dataset,
      sql`select s, o, winner from pole_found where unsure`,
      (cells) => sql`
        select max(${lo}) filter (where d = f.winner) as least,
          max(${hi}) filter (where d <> f.winner) as most
        from ${cells} c`,
    )}
  ), unsure_cell as materialized (
    ${rowsOf(
      dataset,
      sql`select s, o, winner from unsure_row where most = least`,
      (cells) => sql`select c.d, ${counted(parameters, 'c')} as v, ${hi} as hi from ${cells} c`,
    )}
  ), ranked as (
    select c.s, c.o, c.d <> c.winner as other, ${millionths(sql`i.inflow - c.v`)} as rest, p.rank
    from unsure_cell c join pole_inflow i on i.s = c.s and i.d = c.d
    join pole_place p on p.id = c.d
    join unsure_row u on u.s = c.s and u.o = c.o
    where c.d = c.winner or c.hi = u.least
  ), changed as (
    select s, o from unsure_row where most > least
    union all
    -- One pass: joined with itself, whatever its size, it is taken for one row and read over and over.
    select s, o from ranked group by s, o
    having max(array[rest, -rank]) filter (where other)
      > max(array[rest, -rank]) filter (where not other)
  )`;
}

/**
 * The communes that Nystuen–Dacey could give another outcome, a commune at a time: as joins of the
 * cells of all of them, whose number the planner cannot tell, a region took minutes.
 */
async function stageOtherOutcomes(
  db: Kysely<Schema>,
  analysis: PoleAnalysis,
  kept: KeptRanks,
): Promise<void> {
  const { dataset, parameters } = analysis;
  if (kept.rows) await stageSettled(db, analysis, kept);
  else
    await sql`create unlogged table pole_settled (s integer, o integer, changed boolean)`.execute(
      db,
    );
  await sql`
    create unlogged table pole_received as
    select k.s, array_agg(coalesce(i.inflow, 0) order by id) as inflow,
      array_agg(coalesce(p.rank, 0) order by id) as rank
    from pole_kind k cross join generate_series(1, (select max(id) from pole_place)) id
    left join pole_inflow i on i.s = k.s and i.d = id left join pole_place p using (id)
    group by k.s`.execute(db);
  await sql`
    create unlogged table pole_unsure as
    select f.s, f.o, f.winner from pole_found f
    where f.unsure and not exists (
      select from pole_settled t where t.s = f.s and t.o = f.o
    )`.execute(db);
  await sql`create index on pole_unsure (o)`.execute(db);
  const rows = sql`
    select f.s, f.o, f.winner, i.inflow, i.rank from pole_unsure f
    join (select s, inflow[:] as inflow, rank[:] as rank from pole_received offset null) i using (s)
    where f.o between lo and hi`;
  await stageByBlocks(
    db,
    'pole_shaken',
    's integer, o integer',
    sql`select s, o from (${rowsOf(dataset, rows, otherOutcome)}) looked where changed`,
  );

  function otherOutcome(cells: RawBuilder<unknown>) {
    const cell = sql`(
      select d, v, lo, hi, ${millionths(sql`f.inflow[d] - v`)} as rest, f.rank[d] as rank
      from (
        select c.d, ${counted(parameters, 'c')} as v, ${lo} as lo, ${hi} as hi from ${cells} c
        offset null
      ) c offset null)`;
    return sql`
      select l.first_rest + l.first_lo <= l.own_most and f.o is distinct from f.winner
        or exists (
          select from ${cell} c where d <> f.o and (
            d is distinct from f.winner and rest + hi > l.own_least
              and array[hi, rest, -rank] >= array[l.first_lo, l.first_rest, l.first_rank]
            or f.o is distinct from f.winner and -rank <> l.first_rank
              and hi > l.first_lo and rest + l.first_lo < l.own_most)
        ) as changed
      from (
        select first[1] as first_lo, first[2] as first_rest, first[3] as first_rank,
          -- inflow without the commune's own cell, then with that cell at its ends
          ${millionths(sql`f.inflow[f.o] - own`)} + own_lo as own_least,
          ${millionths(sql`f.inflow[f.o] - own`)} + own_hi as own_most
        from (
          select max(array[lo, rest, -rank]) filter (where d <> f.o) as first,
            coalesce(max(v) filter (where d = f.o), 0) as own,
            coalesce(max(lo) filter (where d = f.o), 0) as own_lo,
            coalesce(max(hi) filter (where d = f.o), 0) as own_hi
          from ${cell} c
        ) ends offset null
      ) l`;
  }
}
