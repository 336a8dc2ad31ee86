import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import { cellsOfRow, cellsOverAll, counted, millionths, type PoleAnalysis } from './pole-cells.ts';

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
  { dataset, parameters }: PoleAnalysis,
): Promise<void> {
  const { rows } = await sql<{
    unsure: boolean;
  }>`select exists (select from pole_found where unsure) as unsure`.execute(db);
  if (!rows[0]?.unsure) return;
  const dominant = parameters.method === 'nystuen-dacey';
  const lo = millionths(sql`c.known + coalesce(c.masked, 0)`);
  const hi = millionths(sql`c.known + 10 * coalesce(c.masked, 0)`);
  const cellOf = (rows: RawBuilder<unknown>) =>
    rowsOf(
      dataset,
      rows,
      (cells) => sql`
      select c.d, ${counted(parameters, 'c')} as v, ${lo} as lo, ${hi} as hi from ${cells} c`,
    );
  const changed = dominant
    ? sql`unsure_cell as materialized (${cellOf(sql`select s, o, winner from pole_found where unsure`)}),
      ${otherOutcome()}`
    : // Of every row, what the winner counts at least and the most that another one does.
      sql`unsure_row as materialized (
        ${rowsOf(
          dataset,
          sql`select s, o, winner from pole_found where unsure`,
          (cells) => sql`
            select max(${lo}) filter (where d = f.winner) as least,
              max(${hi}) filter (where d <> f.winner) as most
            from ${cells} c`,
        )}
      ), unsure_cell as materialized (
        ${cellOf(sql`select s, o, winner from unsure_row where most = least`)}
      ), ${passedBefore()}`;
  await sql`
    with ${changed}
    update pole_found f set fragile = true
    from (select distinct s, o from changed) shaky where f.s = shaky.s and f.o = shaky.o`.execute(
    db,
  );
}

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

const rest = (cell: string, inflow: string) =>
  millionths(sql`${sql.ref(`${inflow}.inflow`)} - ${sql.ref(`${cell}.v`)}`);

/** The tie-break is looked up only where the most another counts is the winner's least. */
function passedBefore() {
  return sql`ranked as (
    select c.s, c.o, c.d <> c.winner as other, ${rest('c', 'i')} as rest, p.rank
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

function otherOutcome() {
  return sql`cells as materialized (
    select c.*, p.rank, ${rest('c', 'i')} as rest from unsure_cell c
    join pole_inflow i on i.s = c.s and i.d = c.d join pole_place p on p.id = c.d
  ), own as (
    select f.s, f.o, f.winner,
      -- inflow without the commune's own cell, then with that cell at its ends
      coalesce(${millionths(sql`i.inflow - coalesce(c.v, 0)`)}, 0) + coalesce(c.lo, 0) as least,
      coalesce(${millionths(sql`i.inflow - coalesce(c.v, 0)`)}, 0) + coalesce(c.hi, 0) as most
    from (select s, o, winner from pole_found where unsure) f
    left join pole_inflow i on i.s = f.s and i.d = f.o
    left join cells c on c.s = f.s and c.o = f.o and c.d = f.o
  ), leader as (
    select distinct on (s, o) s, o, d, lo, rest, rank from cells where d <> o
    order by s, o, lo desc, rest desc, rank
  ), changed as (
    select c.s, c.o from cells c join leader t using (s, o) join own using (s, o)
    where c.d <> c.o and c.d is distinct from c.winner
      and (c.hi, c.rest, -c.rank) >= (t.lo, t.rest, -t.rank) and c.rest + c.hi > own.least
    union all
    select t.s, t.o from leader t join own using (s, o)
    where t.o is distinct from own.winner and (t.rest + t.lo <= own.most or exists (
      select from cells c where c.s = t.s and c.o = t.o and c.d <> c.o and c.d <> t.d
        and c.hi > t.lo and c.rest + t.lo < own.most))
  )`;
}
