import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import {
  arrays,
  cellsOfRow,
  cellsOverAll,
  counted,
  type KeptRanks,
  millionths,
  type PoleAnalysis,
} from './pole-cells.ts';
import { takeKeptRanks } from './pole-kept-ranks.ts';
import { type PlaceOrder, stageByBlocks, stageOrder } from './pole-stages.ts';

type Sql = RawBuilder<unknown>;

/**
 * The first three destinations of each commune, by specialty and over all, with its total and the
 * entropy `H = −Σ p log₂ p`, bits, of its destinations, written `(ln T − Σ v ln v / T) / ln 2` so that
 * one pass over the cells is enough. Three, since one of them may be the commune itself.
 *
 * What ranks a destination is made one number, its key: patients in millionths, then its position
 * in the order that settles ties, then whether a masked cell is in it. Sorting numbers within a
 * commune, and reading the position from an array, is what makes the pass short: no join a cell.
 */
export async function rankDestinations(
  db: Kysely<Schema>,
  analysis: PoleAnalysis,
  kept: KeptRanks,
): Promise<void> {
  if (kept.rows) await takeKeptRanks(db, analysis, kept);
  if (kept.rows && kept.overAll) return;
  const order = await stageOrder(db);
  const { dataset, parameters } = analysis;
  const key = keyIn(order);
  const ranked = (cells: RawBuilder<unknown>, origin: RawBuilder<unknown>) => sql`
    cross join lateral (
      select sum(v) as total, sum(v * ln(nullif(v, 0))) as v_ln_v, sum(masked) as masked,
        max(v) filter (where d = ${origin}) as own,
        max(known + 10 * masked) filter (where masked > 0) as highest,
        (array_agg(key order by key desc) filter (where v > 0))[1:3] as keys
      from (
        select d, v, known, masked, ${key.of} as key
        from (
          select c.d, c.known, coalesce(c.masked, 0) as masked, ${counted(parameters, 'c')} as v
          from ${cells} c
        ) counted
        offset null -- a cell is counted once, not once for each of its uses
      ) keyed
    ) x`;
  const columns = sql`x.total, x.v_ln_v, x.masked, x.own, x.highest, x.keys`;
  const ofSpecialties = sql`
    select k.s, r.origin as o, ${columns}
    from flow_row r join pole_kind k on k.key = r.specialty
    join pole_place p on p.id = r.origin and p.loaded
    join ${arrays('pole_order', 'position')} t on t.s = k.s
    ${ranked(cellsOfRow, sql.ref('r.origin'))}
    where r.dataset = ${sql.lit(dataset)} and r.origin between lo and hi
    union all`;
  const lead = sql`${kept.rows ? sql`` : ofSpecialties}
    select t.s, p.id as o, ${columns}
    from pole_place p cross join ${arrays('pole_order', 'position', sql`s = 0`)} t
    ${ranked(cellsOverAll(dataset, sql.ref('p.id')), sql.ref('p.id'))}
    where p.loaded and p.id between lo and hi and x.total is not null`;
  const [first, second, third] = [sql`keys[1]`, sql`keys[2]`, sql`keys[3]`] as const;
  // The first place masked: whether another passes it takes its cells, unless the two are level
  // and to lower it is enough. Not masked, it stays where it is, and the others' most is known.
  const level = sql`${sql.lit(parameters.masked > 1)}
    and ${key.millionths(first)} = ${key.millionths(second)}`;
  const shaky = sql`case when ${key.masked(first)} then case when ${level} then true end
    when highest is null or ${millionths(sql`highest`)} < ${key.millionths(first)} then false
    when ${millionths(sql`highest`)} > ${key.millionths(first)} then true end`;
  const place = (k: Sql) => sql`t.place[${key.position(k)}]`;
  const patients = (k: Sql) => sql`${key.millionths(k)}::float8 / 1e6`;
  // shaky: whether masking could change the first place; null where it takes a second look.
  await stageByBlocks(
    db,
    kept.rows ? 'pole_rank_over_all' : 'pole_rank',
    `s integer, o integer, d1 integer, v1 double precision, d2 integer, v2 double precision,
      d3 integer, v3 double precision, own double precision, total double precision,
      entropy double precision, masked double precision, shaky boolean`,
    sql`
      select l.s, l.o, ${place(first)}, ${patients(first)}, ${place(second)}, ${patients(second)},
        ${place(third)}, ${patients(third)}, coalesce(own, 0), total,
        case when total > 0 then greatest(0, (ln(total) - coalesce(v_ln_v, 0) / total)
          / ln(2::double precision)) else 0 end,
        masked, ${shaky}
      from (${lead}) l left join ${arrays('pole_order', 'place')} t on t.s = l.s`,
  );
  if (kept.rows) {
    await sql`insert into pole_rank select * from pole_rank_over_all`.execute(db);
  }
}

function keyIn({ places, keys }: PlaceOrder) {
  const base = sql.lit(2 * (places + 1));
  return {
    of: sql`${millionths(sql.ref('v'))}::${sql.raw(keys)} * ${base} + 2 * t.position[d]
      + case when masked > 0 then 1 else 0 end`,
    millionths: (key: RawBuilder<unknown>) =>
      keys === 'bigint' ? sql`(${key} / ${base})` : sql`div(${key}, ${base})`,
    position: (key: RawBuilder<unknown>) => sql`((${key} % ${base})::integer / 2)`,
    masked: (key: RawBuilder<unknown>) => sql`(${key} % 2 = 1)`,
  };
}
