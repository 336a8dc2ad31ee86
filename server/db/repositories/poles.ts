import { type Kysely, sql } from 'kysely';
import type { Poles } from '../../contracts/flow-datasets.ts';
import { defaultPoleParameters } from '../../contracts/poles.ts';
import type { Schema } from '../schema.ts';
import { rounded } from './flows.ts';

/** Main attraction poles, per specialty and over all (`all`), analysed in SQL and kept. */
export function poleRepository(db: Kysely<Schema>) {
  return {
    /**
     * Plurality: the pole of a commune is the destination of most of its patients; ties go to the
     * larger total inflow, then to the lower code, so that a run is reproducible.
     */
    async analyse(dataset: number): Promise<void> {
      const { id: run } = await db
        .insertInto('pole_run')
        .values({
          dataset,
          parameters: JSON.stringify(defaultPoleParameters),
          parameters_hash: 'default',
          seconds: 0,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await sql`
        with every as (
          select specialty, origin, destination, patients from flow
          where dataset = ${dataset} and patients > 0
          union all
          select 'all', origin, destination, sum(patients) from flow
          where dataset = ${dataset} and patients > 0 group by origin, destination
        ), inflow as (
          select specialty, destination, sum(patients) as patients from every
          group by specialty, destination
        ), ranked as (
          select specialty, origin, destination, every.patients,
            row_number() over (partition by specialty, origin order by every.patients desc,
              inflow.patients desc, destination collate "C") as rank,
            sum(every.patients) over (partition by specialty, origin) as outflow
          from every join inflow using (specialty, destination)
        )
        insert into pole (run, specialty, unit, pole, patients, rate, second, entropy, fragile)
        select ${run}::integer, specialty, origin,
          max(destination) filter (where rank = 1), max(outflow),
          max(patients) filter (where rank = 1) / max(outflow),
          max(destination) filter (where rank = 2), 0, false
        from ranked where rank <= 2 group by specialty, origin`.execute(db);
      await this.summarise(dataset, run);
    },

    /** Per pole: communes and residents attracted, and the localisation index of its catchment. */
    async summarise(dataset: number, run: number): Promise<void> {
      await sql`
        with every as (
          select specialty, origin, destination, patients from flow where dataset = ${dataset}
          union all
          select 'all', origin, destination, sum(patients) from flow
          where dataset = ${dataset} group by origin, destination
        ), kept as (
          select o.specialty, o.pole,
            coalesce(sum(f.patients) filter (where d.pole = o.pole), 0) / sum(f.patients) as li
          from every f
          join pole o on o.run = ${run} and o.specialty = f.specialty
            and o.unit = f.origin
          left join pole d on d.run = ${run} and d.specialty = f.specialty
            and d.unit = f.destination
          group by o.specialty, o.pole
        ), attracted as (
          select p.specialty, p.pole, count(*) as communes,
            coalesce(sum(u.population), 0) as population
          from pole p left join unit u on u.code = p.unit
          where p.run = ${run} group by p.specialty, p.pole
        )
        insert into catchment (run, specialty, pole, communes, population, patients, li, msi, rank)
        select ${run}::integer, specialty, pole, communes, population, 0, li, 0, 'dominant'
        from attracted join kept using (specialty, pole)`.execute(db);
    },

    async count(dataset: number): Promise<{ specialty: string; poles: number }[]> {
      return db
        .selectFrom('catchment')
        .innerJoin('pole_run', 'pole_run.id', 'catchment.run')
        .select(['specialty', (s) => s.fn.countAll<number>().as('poles')])
        .where('dataset', '=', dataset)
        .groupBy('specialty')
        .orderBy('specialty')
        .execute();
    },

    async of(dataset: number, specialty: string): Promise<Poles> {
      const [poles, communes] = await Promise.all([
        db
          .selectFrom('catchment as c')
          .innerJoin('pole_run as r', 'r.id', 'c.run')
          .leftJoin('unit as u', 'u.code', 'c.pole')
          .select(['c.pole as code', 'u.name', 'c.communes', 'c.population', 'c.li'])
          .where('r.dataset', '=', dataset)
          .where('c.specialty', '=', specialty)
          .orderBy('c.population', 'desc')
          .orderBy('c.pole')
          .execute(),
        db
          .selectFrom('pole')
          .innerJoin('pole_run', 'pole_run.id', 'pole.run')
          .select(['unit as code', 'pole', 'rate', 'second'])
          .where('dataset', '=', dataset)
          .where('specialty', '=', specialty)
          .orderBy(sql`unit collate "C"`)
          .execute(),
      ]);
      return {
        parameters: { dataset, specialty, method: 'plurality' },
        poles: poles.map((row) => ({
          ...row,
          name: row.name ?? row.code,
          li: rounded(row.li, 6),
        })),
        communes: communes.map((row) => ({ ...row, rate: rounded(row.rate, 6) })),
      };
    },
  };
}
