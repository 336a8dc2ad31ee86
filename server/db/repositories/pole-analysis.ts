import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import { catchmentsOf } from './pole-catchments.ts';
import type { PoleAnalysis } from './pole-cells.ts';
import { choosePoles } from './pole-choice.ts';
import { flagFragile } from './pole-fragility.ts';
import { keptRanks } from './pole-kept-ranks.ts';
import { rankDestinations } from './pole-ranks.ts';
import { createStages, dropStages, stageFlows } from './pole-stages.ts';

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
  // PostgreSQL 16 and later would sort whole cells where sorting their keys is enough.
  await sql`select set_config(name, 'off', true) from pg_settings
    where name = 'enable_presorted_aggregate'`.execute(db);
  const path = await createStages(db, analysis.run);
  const kept = await keptRanks(db, analysis);
  await stageFlows(db, analysis, kept);
  await rankDestinations(db, analysis, kept);
  await sql`analyze pole_rank (s, o)`.execute(db);
  await choosePoles(db, analysis.parameters);
  await flagFragile(db, analysis, kept);
  await writePoles(db, analysis.run);
  await catchmentsOf(db, analysis);
  await dropStages(db, analysis.run, path);
}

/** One row a specialty, with every commune in arrays: a row a commune took longer than to find it. */
async function writePoles(db: Db, run: number): Promise<void> {
  await sql`
    with agreed as (
      select a.o, avg(case when f.pole = a.pole then 1.0::double precision else 0 end) as agreement
      from pole_found a join pole_found f on f.o = a.o and f.s > 0 and f.pole is not null
      join pole_kind k on k.s = f.s and k.weight > 0
      where a.s = 0 and a.pole is not null group by a.o
    )
    insert into pole_row (run, specialty, units, poles, patients, rates, second_poles, gaps, entropies,
      agreements, fragile)
    select ${run}::integer, k.key, array_agg(f.o), array_agg(f.pole), array_agg(f.total),
      array_agg(f.rate), array_agg(f.second),
      array_agg(case when f.winner is not null then f.rate - f.second_rate end),
      array_agg(f.entropy), array_agg(case when f.s = 0 then agreed.agreement end),
      array_agg(f.fragile)
    from pole_found f join pole_kind k using (s)
    left join agreed on agreed.o = f.o
    group by k.key`.execute(db);
}
