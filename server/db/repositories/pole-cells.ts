import { type RawBuilder, sql } from 'kysely';
import type { PoleParameters } from '../../contracts/poles.ts';

/** What an analysis is asked: a run whose rows are to be written, and the flows it reads. */
export interface PoleAnalysis {
  run: number;
  dataset: number;
  vintage: string;
  parameters: PoleParameters;
}

/** Which destinations were ranked as the extract was imported, and are not ranked again. */
export interface KeptRanks {
  /** by specialty, and what each place receives */
  rows: boolean;
  /** over all, where every specialty weighs 1 */
  overAll: boolean;
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

/** The cells `d, known, masked` of a row `r` of `flow_row`, unrolled. */
export const cellsOfRow = sql`(select unnest(r.destinations) as d, unnest(r.patients) as known,
  unnest(r.masked) as masked)`;

/**
 * The cells `d, known, masked` over all specialties of the commune `origin`. A commune at a time:
 * its flows lie together, and no sum is larger than one commune's.
 */
export function cellsOverAll(dataset: number, origin: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select d, sum(known * weight) as known, sum(masked * weight) as masked
    from (
      select k.weight, unnest(r.destinations) as d, unnest(r.patients) as known,
        unnest(r.masked) as masked
      from flow_row r join pole_kind k on k.key = r.specialty and k.weight > 0
      where r.dataset = ${sql.lit(dataset)} and r.origin = ${origin}
    ) cell group by d)`;
}

/**
 * A stage with one array a specialty, by `flow_place.id`, as `s` and the array. Taken whole from
 * where a long value is stored, once for each specialty (`[:]`, and an offset that is none, which
 * keeps the planner from doing it once an element): an element then costs less than a join's match.
 */
export function arrays(table: string, column: string, of = sql`true`): RawBuilder<unknown> {
  return sql`(select s, ${sql.ref(column)}[:] as ${sql.ref(column)} from ${sql.table(table)}
    where ${of} offset null)`;
}
