import { type RawBuilder, sql } from 'kysely';
import type { PoleParameters } from '../../contracts/poles.ts';

/** What an analysis is asked: a run whose rows are to be written, and the flows it reads. */
export interface PoleAnalysis {
  run: number;
  dataset: number;
  vintage: string;
  parameters: PoleParameters;
}

/**
 * Patients in millionths, as every comparison takes them: sums of fractional flows differ in their
 * last bits with the order they were added in, and a run must be reproducible.
 */
export function millionths(patients: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`floor((${patients}) * 1e6 + 0.5)`;
}

/** What a cell counts: its known patients, and each masked cell as the parameters say. */
export function counted({ masked }: PoleParameters, cell: string): RawBuilder<number> {
  const known = sql.ref(`${cell}.known`);
  if (masked === 0) return sql<number>`${known}`;
  return sql<number>`(${known} + ${sql.lit(masked)} * coalesce(${sql.ref(`${cell}.masked`)}, 0))`;
}

/**
 * The rows of every matrix, those over all specialties (s = 0) included: `s, o, ds, known, masked`,
 * the last three arrays. Reading the flows again, unrolled, takes a fraction of what writing them
 * unrolled to a table would.
 */
export function matrixRows(dataset: number): RawBuilder<unknown> {
  return sql`(
    select k.s, r.origin as o, r.destinations as ds, r.patients as known, r.masked
    from flow_row r join pole_kind k on k.key = r.specialty where r.dataset = ${dataset}
    union all select 0::smallint, o, ds, known, masked from pole_all)`;
}

/** Cells of a row `r`, to be selected from it: one column each, as long as the row. */
export const cellsOf = sql`unnest(r.ds) as d, unnest(r.known) as known, unnest(r.masked) as masked`;
