import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import { ofSpecialty } from './flows.ts';

/** Which flows: one specialty, or `all` with the weight of each (1 where it is not named). */
interface MatrixChoice {
  dataset: number;
  vintage: string;
  specialty: string;
  weights: Record<string, number>;
}

/** Flows of divided communes, shared out to their leaves; the others as they are. */
const shared = (vintage: string) => sql`
  select coalesce(o.leaf, k.origin) as origin, coalesce(d.leaf, k.destination) as destination,
    k.patients * coalesce(o.share, 1) * coalesce(d.share, 1) as patients,
    k.masked * coalesce(o.share, 1) * coalesce(d.share, 1) as masked
  from known k
  left join leaf_share o on o.commune = k.origin and o.vintage = ${vintage}
  left join leaf_share d on d.commune = k.destination and d.vintage = ${vintage}`;

/**
 * The flows of a dataset as one binary matrix, laid out as `core/flows/matrix-bytes.ts` says. The
 * database writes the bytes itself: no row becomes an object on the way. Places are the leaves of the
 * vintage by code, as in the unit graph, then those outside. What is known of a divided commune is
 * shared out to its leaves by population, at both ends. Sums are added up in no set order: a
 * float4 has not the bits in which orders differ.
 */
export function flowMatrixRepository(db: Kysely<Schema>) {
  return {
    async bytes({ dataset, vintage, specialty, weights }: MatrixChoice): Promise<Uint8Array> {
      const named = specialty === 'all' ? weights : {};
      const divided = await db
        .selectFrom('leaf_share')
        .select('leaf')
        .where('vintage', '=', vintage)
        .limit(1)
        .executeTakeFirst();
      const { rows } = await sql<{ bytes: Uint8Array }>`
        with weight as materialized (
          select s.key, coalesce(w.weight, 1) as weight from flow_specialty s
          left join unnest(${Object.keys(named)}::text[], ${Object.values(named)}::float8[])
            as w(key, weight) using (key)
          where s.dataset = ${dataset}
        ), ${divided ? sql`known` : sql`cell`} as materialized (
          select f.origin, f.destination,
            sum(f.patients * w.weight) as patients, sum(f.masked * w.weight) as masked
          from flow f join weight w on w.key = f.specialty and w.weight > 0
          where f.dataset = ${dataset} and ${ofSpecialty(specialty)}
          group by f.origin, f.destination
        ), ${divided ? sql`cell as materialized (${shared(vintage)}), ` : sql``}place as materialized (
          select code, (row_number() over (order by outside, code collate "C"))::integer - 1 as at
          from (
            select code, false as outside from unit where vintage = ${vintage} and leaf
            union all
            select code, true
            from (select origin as code from cell union select destination from cell) seen
            where not exists (
              select from unit u where u.code = seen.code and u.vintage = ${vintage} and u.leaf)
          ) known
        ), entry as materialized (
          -- What is too little for a float4 to hold is nothing.
          select o.at as origin, d.at as destination,
            (case when patients > 1e-30 then patients else 0 end)::float4 as patients,
            (case when masked > 1e-30 then masked else 0 end)::float4 as masked
          from cell join place o on o.code = cell.origin join place d on d.code = cell.destination
          where patients > 1e-30 or masked > 1e-30
          order by 1, 2
        ), start as (
          select place.at, sum(count(entry.origin)) over (order by place.at) as entries
          from place left join entry on entry.origin = place.at group by place.at
        ), starts as (
          select coalesce(string_agg(int4send(entries::integer), ''::bytea order by at),
            ''::bytea) as bytes from start
        ), codes as (
          select count(*)::integer as n,
            convert_to(coalesce(string_agg(code, ' ' order by at), ''), 'UTF8') as bytes from place
        ), columns as (
          select count(*)::integer as n, coalesce(max(masked), 0) > 0 as masked,
            coalesce(string_agg(int4send(destination), ''::bytea), ''::bytea) as destinations,
            coalesce(string_agg(float4send(patients), ''::bytea), ''::bytea) as patients,
            coalesce(string_agg(float4send(masked), ''::bytea), ''::bytea) as cells
          from entry
        )
        select convert_to('MFM1', 'UTF8') || int4send(codes.n) || int4send(columns.n)
          || int4send(columns.masked::integer) || int4send(octet_length(codes.bytes))
          || int4send(0) || starts.bytes || columns.destinations || columns.patients
          || (case when columns.masked then columns.cells else ''::bytea end) || codes.bytes as bytes
        from codes, columns, starts`.execute(db);
      return rows[0]?.bytes ?? new Uint8Array();
    },
  };
}
