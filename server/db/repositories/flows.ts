import { type Kysely, sql } from 'kysely';
import type { Destinations, Inflows } from '../../contracts/flow-datasets.ts';
import type { MaskedCount } from '../../contracts/names.ts';
import { defaultPoleParameters } from '../../contracts/poles.ts';
import type { FlowColumns } from '../../core/flows/columns.ts';
import type { OnProgress } from '../../imports/rows.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';

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

/**
 * The same, naming every specialty: the primary key starts with it, so that the flows out of one
 * commune are found at once. An index for them would cost each import more than it saves here.
 */
function ofEachSpecialty(dataset: number, specialty: string) {
  return specialty === 'all'
    ? sql`f.specialty = any(array(select key from flow_specialty where dataset = ${dataset}))`
    : sql`f.specialty = ${specialty}`;
}

/** Patients of the flow `f`: those known, and each masked cell as chosen. */
export function patientsOf(masked: MaskedCount) {
  return sql<number>`(f.patients + ${sql.lit(masked)} * f.masked)`;
}

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
    async insert(
      dataset: number,
      specialty: string,
      { origin, destination, patients, masked }: FlowColumns,
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
          { name: 'masked', type: 'double precision', values: masked ?? origin.map(() => 0) },
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
    async totals(
      dataset: number,
      specialty: string,
      masked: MaskedCount = defaultPoleParameters.masked,
    ): Promise<FlowColumns> {
      const { rows } = await sql<FlowColumns>`
        select coalesce(array_agg(origin), '{}') as origin,
          coalesce(array_agg(destination), '{}') as destination,
          coalesce(array_agg(patients), '{}') as patients
        from (select f.origin, f.destination,
          sum(${patientsOf(masked)} order by f.specialty) as patients
          from flow f where f.dataset = ${dataset} and ${ofSpecialty(specialty)}
          group by f.origin, f.destination
          order by f.origin, f.destination) as total`.execute(db);
      return rows[0] ?? { origin: [], destination: [], patients: [] };
    },

    /** Where the residents of one commune go. */
    async destinations(choice: FlowChoice, origin: string, limit: number): Promise<Destinations> {
      const { patients, ends } = await endsOf(choice, 'origin', origin, limit);
      return { origin, specialty: choice.specialty, patients, destinations: ends };
    },

    /** Where the patients treated in one commune live. */
    async inflows(choice: FlowChoice, destination: string, limit: number): Promise<Inflows> {
      const { patients, ends } = await endsOf(choice, 'destination', destination, limit);
      return { destination, specialty: choice.specialty, patients, origins: ends };
    },
  };

  /** The other ends of the flows of one commune, the largest first, with their sum. */
  async function endsOf(
    { dataset, specialty, masked }: FlowChoice,
    side: 'origin' | 'destination',
    code: string,
    limit: number,
  ) {
    const other = sql.ref(side === 'origin' ? 'f.destination' : 'f.origin');
    const { rows } = await sql<FlowEnd>`
      with ends as (
        select ${other} as code, sum(${patientsOf(masked)}) as patients, sum(f.masked) as masked
        from flow f
        where f.dataset = ${dataset} and ${ofEachSpecialty(dataset, specialty)}
          and ${sql.ref(`f.${side}`)} = ${code}
        group by ${other}
      ), largest as (
        select ends.*, sum(patients) over () as total from ends
        order by patients desc, code collate "C" limit ${limit}
      )
      select e.code, coalesce(d.name, e.code) as name, e.patients, e.masked, e.total,
        coalesce(st_distancesphere(d.point, (select point from unit where code = ${code}))
          / 1000, 0) as km
      from largest e left join unit d on d.code = e.code
      order by e.patients desc, e.code collate "C"`.execute(db);
    const total = rows[0]?.total ?? 0;
    return {
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
