import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import { type KeptRanks, millionths, type PoleAnalysis } from './pole-cells.ts';
import { keptAt, OWN } from './pole-kept-ranks.ts';

/** Where `firsts` has the first three with masked cells at 10. */
const HIGHEST = [7, 8, 9] as const;

/**
 * `pole_settled`: of the rows that masking might change, by Nystuen–Dacey, those whose leader surely
 * leads, and whether it does change them. The ranks that the import kept tell, without a look at the
 * other cells: with masked cells at 10 the first three hold the highest of the others, and where that
 * is below the leader with its own at 1, one outcome is left to tell from the other, whether the
 * leader receives more than the commune (`pole-fragility.ts`).
 */
export async function stageSettled(
  db: Kysely<Schema>,
  { dataset, parameters: { masked } }: PoleAnalysis,
  kept: KeptRanks,
): Promise<void> {
  const { first } = keptAt[masked];
  const at = (position: number) => sql`firsts[${sql.lit(position)}]`;
  const other = HIGHEST.map((k) => sql`when ${at(k)} not in (own, lead) then ${at(k)}`);
  const of = (table: string, s: RawBuilder<unknown>, from: RawBuilder<unknown>) => sql`
    select ${s} as s, origin as o, destinations[lead] as leader, patients[lead] as known,
      coalesce(masked[lead], 0) as masked, coalesce(patients[own], 0) as own_known,
      coalesce(masked[own], 0) as own_masked,
      coalesce(patients[other] + 10 * coalesce(masked[other], 0), 0) as most
    from (
      select *, case ${sql.join(other, sql` `)} end as other
      from (
        select *, ${at(OWN)} as own,
          case when ${at(first)} <> ${at(OWN)} then ${at(first)} else ${at(first + 1)} end as lead
        from ${sql.table(table)} where dataset = ${sql.lit(dataset)}
      ) led
    ) r ${from}`;
  const none = sql``;
  await sql`
    create unlogged table pole_settled as
    select s, o, case when winner <> o then rest + lo <= own_rest + own_hi
      else rest + hi > own_rest + own_lo end as changed
    from (
      select f.s, f.o, f.winner,
        ${millionths(sql`r.known + r.masked`)} as lo,
        ${millionths(sql`r.known + 10 * r.masked`)} as hi,
        ${millionths(sql`r.own_known + r.own_masked`)} as own_lo,
        ${millionths(sql`r.own_known + 10 * r.own_masked`)} as own_hi,
        ${millionths(sql`there.inflow - (r.known + ${sql.lit(masked)} * r.masked)`)} as rest,
        ${millionths(sql`coalesce(here.inflow, 0)
          - (r.own_known + ${sql.lit(masked)} * r.own_masked)`)} as own_rest
      from (
        ${of('flow_row', sql`k.s`, sql`join pole_kind k on k.key = r.specialty`)}
        ${kept.overAll ? sql`union all ${of('flow_over_all', sql`0`, none)}` : none}
      ) r
      join pole_found f on f.s = r.s and f.o = r.o and f.unsure
      join pole_inflow there on there.s = r.s and there.d = r.leader
      left join pole_inflow here on here.s = r.s and here.d = r.o
      where ${millionths(sql`r.most`)} < ${millionths(sql`r.known + r.masked`)}
    ) told`.execute(db);
}
