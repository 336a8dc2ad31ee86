import { type Kysely, sql } from 'kysely';
import type { PoleParameters } from '../../contracts/poles.ts';
import type { Schema } from '../schema.ts';
import { millionths } from './pole-cells.ts';

/**
 * The pole by the method, then the thresholds. A pole that attracts fewer than `minCommunes`
 * communes loses them all, and they have no pole: sending them on to their next destination would
 * show as an attraction what the flows do not show. So one pass is enough: no other pole changes.
 */
export async function choosePoles(db: Kysely<Schema>, parameters: PoleParameters): Promise<void> {
  const { method, minPatients, minRate, minCommunes } = parameters;
  const dominant = method === 'nystuen-dacey';
  // The winner that no other can pass, or that one surely can, needs no second look.
  const fragile = dominant
    ? sql`masked > 0 and winner is null`
    : sql`masked > 0 and (winner is null or coalesce(shaky, false))`;
  const unsure = dominant
    ? sql`masked > 0 and winner is not null`
    : sql`masked > 0 and winner is not null and shaky is null`;
  // winner is the pole before thresholds; dominator is that of Nystuen–Dacey, in either method;
  // unsure: whether masking could change the winner takes a look at every cell of the row.
  await sql`
    create unlogged table pole_found as
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
      select won.*, case when total > 0 then least(1, winner_v / total) else 0 end as rate,
        case when second is null then 0 else least(1, second_v / total) end as second_rate
      from won
    )
    select s, o, winner,
      case when total >= ${minPatients}::double precision
        and rate >= ${minRate}::double precision then winner end as pole,
      rate, second, second_rate, total, entropy, dominator, masked,
      ${fragile} as fragile, ${unsure} as unsure
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
