import { type Kysely, sql } from 'kysely';
import type { Destinations, Inflows } from '../../contracts/flow-datasets.ts';
import type { MaskedCount } from '../../contracts/names.ts';
import { defaultPoleParameters } from '../../contracts/poles.ts';
import type { FlowColumns } from '../../core/flows/columns.ts';
import type { OnProgress } from '../../imports/rows.ts';
import type { Schema } from '../schema.ts';
import { flowPlaceRepository } from './flow-places.ts';

/** Flows sent in one statement. */
const CHUNK = 50_000;

/** Which flows are read: one specialty or `all`, and what a masked cell counts as. */
export interface FlowChoice {
  dataset: number;
  specialty: string;
  masked: MaskedCount;
}

/** A condition on `f` that keeps one specialty, or every one for `all`. */
export function ofSpecialty(specialty: string) {
  return specialty === 'all' ? sql`true` : sql`f.specialty = ${specialty}`;
}

/** Patients of the flow `f`: those known, and each masked cell as chosen. */
export function patientsOf(masked: MaskedCount) {
  return sql<number>`(f.patients + ${sql.lit(masked)} * coalesce(f.masked, 0))`;
}

/** The flows of the rows `f` of `flow_row`, one a row, by number of place. */
export const unrolled = sql`f.specialty, f.origin, unnest(f.destinations) as destination,
  unnest(f.patients) as patients, unnest(f.masked) as masked`;

interface FlowEnd {
  code: string;
  name: string;
  patients: number;
  masked: number;
  total: number;
  km: number;
}

export function flowRepository(db: Kysely<Schema>) {
  return {
    /** Each origin and destination is given once; a flow of nobody is not kept. */
    async insert(
      dataset: number,
      specialty: string,
      columns: FlowColumns,
      onProgress: OnProgress = () => {},
    ): Promise<void> {
      const { origin, destination, patients } = columns;
      const masked = columns.masked ?? new Array<number>(origin.length).fill(0);
      const codes = [...new Set([...origin, ...destination])];
      const numbers = await flowPlaceRepository(db).numbers(codes);
      const number = new Map(codes.map((code, at) => [code, numbers[at] ?? -1]));
      const from = origin.map((code) => number.get(code) ?? -1);
      const to = destination.map((code) => number.get(code) ?? -1);
      const order = [...origin.keys()]
        .filter((at) => (patients[at] ?? 0) > 0 || (masked[at] ?? 0) > 0)
        .sort((a, b) => from[a]! - from[b]!);
      for (let start = 0; start < order.length; ) {
        // A commune's flows are one row: they are never cut in two.
        let end = Math.min(start + CHUNK, order.length);
        while (end < order.length && from[order[end]!] === from[order[end - 1]!]) end += 1;
        const rows = order.slice(start, end);
        const part = <T>(values: ArrayLike<T>) => rows.map((at) => values[at]!);
        await sql`
          insert into flow_row (dataset, origin, specialty, destinations, patients, masked)
          select ${dataset}::integer, f.origin, ${specialty}::text,
            array_agg(f.destination order by f.destination),
            array_agg(f.patients order by f.destination),
            case when bool_or(f.masked > 0) then array_agg(f.masked order by f.destination) end
          from unnest(${part(from)}::integer[], ${part(to)}::integer[],
            ${part(patients)}::float8[], ${part(masked)}::float8[])
            as f(origin, destination, patients, masked)
          group by f.origin order by f.origin`.execute(db);
        start = end;
        onProgress(end, order.length);
      }
    },

    /** The planner's statistics, after a load. */
    async analyse(): Promise<void> {
      await sql`analyze flow_row (dataset, origin, specialty), flow_place`.execute(db);
    },

    async count(dataset: number): Promise<number> {
      const { rows } = await sql<{ n: number }>`
        select coalesce(sum(cardinality(destinations)), 0) as n
        from flow_row where dataset = ${dataset}`.execute(db);
      return rows[0]?.n ?? 0;
    },

    /**
     * Origin–destination totals of a specialty, or over all with each specialty times its weight (1
     * when not named); sorted, and added up in one order, for
     * an answer that is the same to the last bit. `between`: of the communes with such
     * numbers alone, for who must not keep the database long.
     */
    async totals(
      dataset: number,
      specialty: string,
      masked: MaskedCount = defaultPoleParameters.masked,
      weights: Readonly<Record<string, number>> = {},
      between: { first: number; last: number } | null = null,
    ): Promise<FlowColumns> {
      const part = between ? sql`and f.origin between ${between.first} and ${between.last}` : sql``;
      const weighed = specialty === 'all' ? Object.entries(weights) : [];
      const { rows } = await sql<FlowColumns>`
        with total as (
          select f.origin, f.destination,
            sum(${patientsOf(masked)} * coalesce(w.weight, 1) order by f.specialty) as patients
          from (select ${unrolled} from flow_row f
            where f.dataset = ${dataset} and ${ofSpecialty(specialty)} ${part}) f
          left join unnest(${weighed.map(([key]) => key)}::text[],
            ${weighed.map(([, weight]) => weight)}::float8[]) as w(key, weight)
            on w.key = f.specialty
          group by f.origin, f.destination
        )
        select coalesce(array_agg(o.code order by o.code, d.code), '{}') as origin,
          coalesce(array_agg(d.code order by o.code, d.code), '{}') as destination,
          coalesce(array_agg(t.patients order by o.code, d.code), '{}') as patients
        from total t join flow_place o on o.id = t.origin
        join flow_place d on d.id = t.destination`.execute(db);
      return rows[0] ?? { origin: [], destination: [], patients: [] };
    },

    /** Rows of the matrix, each the flows of a specialty out of a commune, and those communes' numbers. */
    async origins(dataset: number): Promise<{ rows: number; communes: number[] }> {
      const { rows } = await sql<{ rows: number; communes: number[] }>`
        select coalesce(sum(rows), 0)::integer as rows,
          coalesce(array_agg(origin order by origin), '{}') as communes
        from (select origin, count(*) as rows from flow_row where dataset = ${dataset}
          group by origin) o`.execute(db);
      return rows[0] ?? { rows: 0, communes: [] };
    },

    /** Where the residents of one commune go. */
    async destinations(choice: FlowChoice, origin: string, limit: number): Promise<Destinations> {
      const { ends, ...sums } = await endsOf(choice, 'origin', origin, limit);
      return { origin, specialty: choice.specialty, ...sums, destinations: ends };
    },

    /** Where the patients treated in one commune live. */
    async inflows(choice: FlowChoice, destination: string, limit: number): Promise<Inflows> {
      const { ends, ...sums } = await endsOf(choice, 'destination', destination, limit);
      return { destination, specialty: choice.specialty, ...sums, origins: ends };
    },
  };

  /** The other ends of the flows of one commune, the largest first, with their sum. */
  async function endsOf(
    { dataset, specialty, masked }: FlowChoice,
    side: 'origin' | 'destination',
    code: string,
    limit: number,
  ) {
    const from = side === 'origin';
    // Flows are known by commune: a part of one has its share of them, by population.
    const part = await db
      .selectFrom('leaf_share')
      .select(['commune', 'share'])
      .where('leaf', '=', code)
      .executeTakeFirst();
    const share = part?.share ?? 1;
    const place = sql`(select id from flow_place where code = ${part?.commune ?? code})`;
    const other = from ? sql`destination` : sql`origin`;
    // The rows that a commune sends are found by the primary key, those that reach it by a look at
    // each row: a reverse index would cost every import more than it saves here.
    const here = from ? sql`f.origin = ${place}` : sql`${place} = any(f.destinations)`;
    const { rows } = await sql<FlowEnd>`
      with ends as (
        select ${other} as id, sum(${patientsOf(masked)}) * ${share}::float8 as patients,
          sum(coalesce(f.masked, 0)) * ${share}::float8 as masked
        from (select ${unrolled} from flow_row f
          where f.dataset = ${dataset} and ${ofSpecialty(specialty)} and ${here}) f
        ${from ? sql`` : sql`where f.destination = ${place}`}
        group by ${other}
      ), largest as (
        select p.code, e.patients, e.masked, sum(e.patients) over () as total
        from ends e join flow_place p using (id)
        order by e.patients desc, p.code collate "C" limit ${limit}
      )
      select e.code, coalesce(d.name, e.code) as name, e.patients, e.masked, e.total,
        coalesce(st_distancesphere(d.point, (select point from unit where code = ${code}))
          / 1000, 0) as km
      from largest e left join unit d on d.code = e.code
      order by e.patients desc, e.code collate "C"`.execute(db);
    const total = rows[0]?.total ?? 0;
    return {
      ...(part && { apportioned: rounded(share, 6) }),
      patients: rounded(total, 1),
      ends: rows.map((row) => ({
        code: row.code,
        name: row.name,
        patients: rounded(row.patients, 1),
        maskedCells: rounded(row.masked, 3),
        share: total > 0 ? rounded(row.patients / total, 6) : 0,
        distanceKm: rounded(row.km, 1),
      })),
    };
  }
}

export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
