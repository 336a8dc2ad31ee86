import { type Kysely, sql } from 'kysely';
import type { Destinations } from '../../contracts/flow-datasets.ts';
import type { OnProgress } from '../../imports/rows.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';

/** Flows of one specialty, in columns of equal length; patients a year. */
export interface FlowColumns {
  origin: string[];
  destination: string[];
  patients: number[];
}

/** A condition that keeps one specialty, or every one for `all`. */
function ofSpecialty(specialty: string) {
  return specialty === 'all' ? sql`true` : sql`f.specialty = ${specialty}`;
}

export function flowRepository(db: Kysely<Schema>) {
  return {
    async insert(
      dataset: number,
      specialty: string,
      { origin, destination, patients }: FlowColumns,
      onProgress?: OnProgress,
    ): Promise<void> {
      const same = <T extends string | number>(value: T): T[] =>
        new Array<T>(origin.length).fill(value);
      await insertColumns(
        db,
        'flow',
        [
          { name: 'dataset', type: 'integer', values: same(dataset) },
          { name: 'specialty', type: 'text', values: same(specialty) },
          { name: 'origin', type: 'text', values: origin },
          { name: 'destination', type: 'text', values: destination },
          { name: 'patients', type: 'double precision', values: patients },
        ],
        onProgress,
      );
    },

    /** The planner's statistics, after a load. */
    async analyse(): Promise<void> {
      await sql`analyze flow`.execute(db);
    },

    async count(dataset: number): Promise<number> {
      const { n } = await db
        .selectFrom('flow')
        .select((s) => s.fn.countAll<number>().as('n'))
        .where('dataset', '=', dataset)
        .executeTakeFirstOrThrow();
      return n;
    },

    /**
     * Origin–destination totals of a specialty, or over all; sorted, and added up in one order, for
     * an answer that is the same to the last bit.
     */
    async totals(dataset: number, specialty: string): Promise<FlowColumns> {
      const { rows } = await sql<FlowColumns>`
        select coalesce(array_agg(origin), '{}') as origin,
          coalesce(array_agg(destination), '{}') as destination,
          coalesce(array_agg(patients), '{}') as patients
        from (select f.origin, f.destination, sum(f.patients order by f.specialty) as patients
          from flow f where f.dataset = ${dataset} and ${ofSpecialty(specialty)}
          group by f.origin, f.destination
          order by f.origin, f.destination) as total`.execute(db);
      return rows[0] ?? { origin: [], destination: [], patients: [] };
    },

    /** Where the residents of one commune go. */
    async destinations(
      dataset: number,
      specialty: string,
      origin: string,
      limit: number,
    ): Promise<Destinations> {
      const { rows } = await sql<{
        code: string;
        name: string;
        patients: number;
        total: number;
        km: number;
      }>`
        with outflow as (
          select f.destination as code, sum(f.patients) as patients
          from flow f
          where f.dataset = ${dataset} and ${ofSpecialty(specialty)} and f.origin = ${origin}
          group by f.destination
        )
        select o.code, coalesce(d.name, o.code) as name, o.patients,
          (select sum(patients) from outflow) as total,
          coalesce(st_distancesphere(d.point, (select point from unit where code = ${origin}))
            / 1000, 0) as km
        from outflow o left join unit d on d.code = o.code
        order by o.patients desc, o.code limit ${limit}`.execute(db);
      const patients = rows[0]?.total ?? 0;
      return {
        origin,
        specialty,
        patients: rounded(patients, 1),
        destinations: rows.map((row) => ({
          code: row.code,
          name: row.name,
          patients: rounded(row.patients, 1),
          share: patients > 0 ? rounded(row.patients / patients, 6) : 0,
          distanceKm: rounded(row.km, 1),
        })),
      };
    },
  };
}

export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
