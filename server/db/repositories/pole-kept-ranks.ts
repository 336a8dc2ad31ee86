import { type Kysely, sql } from 'kysely';
import type { PoleParameters } from '../../contracts/poles.ts';
import type { Schema } from '../schema.ts';
import { keepsInflows } from './kept-inflows.ts';
import type { KeptRanks, PoleAnalysis } from './pole-cells.ts';

/** By what a masked cell counts as: where `firsts` starts, its sum, its bit of `shaky`. */
export const keptAt: Record<PoleParameters['masked'], { first: number; sum: number; bit: number }> =
  {
    0: { first: 1, sum: 3, bit: 1 },
    5: { first: 4, sum: 4, bit: 2 },
    10: { first: 7, sum: 5, bit: 4 },
  };
/** Where `firsts` has the commune itself. */
export const OWN = 10;

export async function keptRanks(
  db: Kysely<Schema>,
  { dataset, parameters }: PoleAnalysis,
): Promise<KeptRanks> {
  const rows = await keepsInflows(db, dataset);
  const evenly = Object.values(parameters.weights).every((weight) => weight === 1);
  return { rows, overAll: rows && evenly };
}

/**
 * The ranks that the import kept with each row of the matrix (`imports/extract/row-ranks.ts`), as
 * `rankDestinations` finds them where it kept none.
 */
export async function takeKeptRanks(
  db: Kysely<Schema>,
  { dataset, parameters: { masked } }: PoleAnalysis,
  { overAll }: KeptRanks,
): Promise<void> {
  const { first, sum, bit } = keptAt[masked];
  const at = (position: number) => sql`r.firsts[${sql.lit(position)}]`;
  const to = (position: number) => sql`r.destinations[${at(position)}]`;
  const patients = (position: number) => sql`r.patients[${at(position)}]
    + ${sql.lit(masked)} * coalesce(r.masked[${at(position)}], 0)`;
  const total = sql`(r.sums[1] + ${sql.lit(masked)} * r.sums[2])`;
  const ranks = sql`
    ${to(first)} as d1, ${patients(first)} as v1, ${to(first + 1)} as d2,
    ${patients(first + 1)} as v2, ${to(first + 2)} as d3, ${patients(first + 2)} as v3,
    coalesce(${patients(OWN)}, 0) as own, ${total} as total,
    case when ${total} > 0 then greatest(0, (ln(${total}) - r.sums[${sql.lit(sum)}] / ${total})
      / ln(2::double precision)) else 0 end as entropy,
    r.sums[2] as masked, r.shaky & ${sql.lit(bit)} > 0 as shaky`;
  const of = sql`join pole_place p on p.id = r.origin and p.loaded
    where r.dataset = ${sql.lit(dataset)}`;
  await sql`
    create unlogged table pole_rank as
    select k.s, r.origin as o, ${ranks}
    from flow_row r join pole_kind k on k.key = r.specialty ${of}
    ${overAll ? sql`union all select 0, r.origin, ${ranks} from flow_over_all r ${of}` : sql``}`.execute(
    db,
  );
}
