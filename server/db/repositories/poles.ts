import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import {
  defaultPoleParameters,
  type PoleComparison,
  type PoleParameters,
  type PoleProfile,
  type PoleRun,
  type Poles,
} from '../../contracts/poles.ts';
import type { Schema } from '../schema.ts';
import { rounded } from './flows.ts';
import { findPoles } from './pole-analysis.ts';

/** One specialty of a run, or `all`. */
export interface PolesShown {
  run: number;
  specialty: string;
}

/** Analyses of main attraction poles: found in SQL once for each dataset and parameters, kept. */
export function poleRepository(db: Kysely<Schema>) {
  return {
    /**
     * The run of these parameters, found now unless it was before. Whole or not at all; of two
     * callers at once, the second waits for the first and answers its run. `onMade` belongs to the
     * transaction of a run that is made now.
     */
    async analyse(
      dataset: number,
      wanted: PoleParameters = defaultPoleParameters,
      onMade?: (tx: Kysely<Schema>, run: number) => Promise<void>,
    ): Promise<number> {
      const parameters = normalised(wanted);
      const hash = hashOf(parameters);
      const known = await this.known(dataset, hash);
      if (known !== undefined) return known;
      const inTransaction = async (tx: Kysely<Schema>): Promise<number> => {
        const started = performance.now();
        const run = await tx
          .insertInto('pole_run')
          .values({
            dataset,
            parameters: JSON.stringify(parameters),
            parameters_hash: hash,
            seconds: 0,
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!run) return (await poleRepository(tx).known(dataset, hash)) ?? 0;
        const { vintage } = await tx
          .selectFrom('flow_dataset')
          .select('vintage')
          .where('id', '=', dataset)
          .executeTakeFirstOrThrow();
        await findPoles(tx, { run: run.id, dataset, vintage, parameters });
        await tx
          .updateTable('pole_run')
          .set({ seconds: (performance.now() - started) / 1000 })
          .where('id', '=', run.id)
          .execute();
        await onMade?.(tx, run.id);
        return run.id;
      };
      return db.isTransaction ? inTransaction(db) : db.transaction().execute(inTransaction);
    },

    async known(dataset: number, hash: string): Promise<number | undefined> {
      const row = await db
        .selectFrom('pole_run')
        .select('id')
        .where('dataset', '=', dataset)
        .where('parameters_hash', '=', hash)
        .executeTakeFirst();
      return row?.id;
    },

    async run(id: number): Promise<PoleRun | undefined> {
      const row = await db
        .selectFrom('pole_run')
        .select(['id', 'dataset', 'parameters', 'seconds', 'created_at'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toRun(row);
    },

    /** Every run of a dataset, the latest first. */
    async list(dataset: number, limit: number, offset: number) {
      const runs = db.selectFrom('pole_run').where('dataset', '=', dataset);
      const rows = await runs
        .select(['id', 'dataset', 'parameters', 'seconds', 'created_at'])
        .orderBy('id', 'desc')
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await runs
        .select((s) => s.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { items: rows.map(toRun), total };
    },

    /** Poles by specialty of the default run; the specialty `all` among them. */
    async count(dataset: number): Promise<{ specialty: string; poles: number }[]> {
      return db
        .selectFrom('catchment')
        .innerJoin('pole_run', 'pole_run.id', 'catchment.run')
        .select(['specialty', (s) => s.fn.countAll<number>().as('poles')])
        .where('dataset', '=', dataset)
        .where('parameters_hash', '=', hashOf(defaultPoleParameters))
        .groupBy('specialty')
        .orderBy('specialty')
        .execute();
    },

    /** The default run, found now where there is none yet. */
    async defaultRun(dataset: number): Promise<PoleRun> {
      const run = await this.run(await this.analyse(dataset));
      if (!run) throw new Error(`the default run of dataset ${dataset} was found but is not there`);
      return run;
    },

    /** One specialty of a run, or `all`: poles by residents attracted, communes by code. */
    async ofRun({ id, dataset, parameters }: PoleRun, specialty: string): Promise<Poles> {
      const poles = await db
        .selectFrom('catchment as c')
        .leftJoin('unit as u', 'u.code', 'c.pole')
        .select(['c.pole as code', 'u.name', 'c.communes', 'c.population', 'c.patients'])
        .select(['c.li', 'c.msi', 'c.net', 'c.rank'])
        .where('c.run', '=', id)
        .where('c.specialty', '=', specialty)
        .orderBy('c.population', 'desc')
        .orderBy(sql`c.pole collate "C"`)
        .execute();
      const communes = await db
        .selectFrom('pole')
        .select(['unit as code', 'pole', 'patients', 'rate', 'second', 'gap', 'entropy'])
        .select(['agreement', 'fragile'])
        .where('run', '=', id)
        .where('specialty', '=', specialty)
        .orderBy(sql`unit collate "C"`)
        .execute();
      return {
        parameters: { ...parameters, run: id, dataset, specialty },
        poles: poles.map(({ name, ...row }) => ({
          ...roundedFigures(row),
          name: name ?? row.code,
        })),
        communes: communes.map((row) => ({
          ...row,
          patients: rounded(row.patients, 1),
          rate: rounded(row.rate, 6),
          gap: row.gap === null ? null : rounded(row.gap, 6),
          entropy: rounded(row.entropy, 6),
          agreement: row.agreement === null ? null : rounded(row.agreement, 6),
        })),
      };
    },

    /** Poles of one specialty of a run, or of `all`, by code. */
    async polesOf(run: number, specialty: string): Promise<string[]> {
      const rows = await db
        .selectFrom('catchment')
        .select('pole')
        .where('run', '=', run)
        .where('specialty', '=', specialty)
        .orderBy(sql`pole collate "C"`)
        .execute();
      return rows.map(({ pole }) => pole);
    },

    /** One pole over the specialties of a run, the overall figures among them. */
    async profile(run: number, code: string): Promise<PoleProfile> {
      // Its place in the arrays, not the view that unrolls every pole.
      const { rows: specialties } = await sql<PoleProfile['specialties'][number]>`
        select specialty, communes[at] as communes, populations[at] as population, patients[at] as patients, lis[at] as li,
          msis[at] as msi, nets[at] as net, ranks[at] as rank
        from (
          select c.*, array_position(c.poles, p.id) as at
          from catchment_row c join flow_place p on p.code = ${code} where c.run = ${run}
        ) c where at is not null
        order by specialty collate "C"`.execute(db);
      const unit = await db
        .selectFrom('unit')
        .select('name')
        .where('code', '=', code)
        .executeTakeFirst();
      return {
        run,
        code,
        name: unit?.name ?? code,
        specialties: specialties.map(roundedFigures),
      };
    },

    /** Whether two runs are about the communes of one vintage. */
    async shareUnits(run: number, other: number): Promise<boolean> {
      const rows = await db
        .selectFrom('pole_run as r')
        .innerJoin('flow_dataset as d', 'd.id', 'r.dataset')
        .select('d.vintage')
        .distinct()
        .where('r.id', 'in', [run, other])
        .execute();
      return rows.length === 1;
    },

    /** The communes whose pole is not the same on both sides; one without a pole differs from one with. */
    async compare(
      { run, specialty }: PolesShown,
      { run: other, specialty: otherSpecialty }: PolesShown,
    ): Promise<PoleComparison> {
      const { rows } = await sql<{ code: string } & PoleComparison['communes'][number]>`
        select coalesce(a.unit, b.unit) as code, coalesce(u.name, a.unit, b.unit) as name,
          coalesce(u.population, 0) as population, a.pole, b.pole as "otherPole"
        from (select unit, pole from pole where run = ${run} and specialty = ${specialty}) a
        full join (select unit, pole from pole where run = ${other} and specialty = ${otherSpecialty}) b
          using (unit)
        left join unit u on u.code = coalesce(a.unit, b.unit)
        order by coalesce(a.unit, b.unit) collate "C"`.execute(db);
      const communes = rows.filter((row) => row.pole !== row.otherPole);
      return {
        run,
        with: other,
        specialty,
        otherSpecialty,
        compared: rows.length,
        changed: communes.length,
        population: communes.reduce((sum, { population }) => sum + population, 0),
        communes,
      };
    },
  };
}

function toRun({
  created_at,
  seconds,
  ...row
}: Pick<PoleRun, 'id' | 'dataset' | 'parameters'> & {
  seconds: number;
  created_at: Date;
}): PoleRun {
  return { ...row, seconds: rounded(seconds, 3), createdAt: created_at.toISOString() };
}

type Figures = { patients: number; li: number; msi: number; net: number | null };

function roundedFigures<F extends Figures>(row: F): F {
  return {
    ...row,
    patients: rounded(row.patients, 1),
    li: rounded(row.li, 6),
    msi: rounded(row.msi, 6),
    net: row.net === null ? null : rounded(row.net, 6),
  };
}

/** The same wish, written one way: weights sorted, those of 1 left out. */
function normalised({ weights, ...rest }: PoleParameters): PoleParameters {
  const { method, masked, minPatients, minRate, minCommunes } = rest;
  const named = Object.entries(weights)
    .filter(([, weight]) => weight !== 1)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { method, weights: Object.fromEntries(named), masked, minPatients, minRate, minCommunes };
}

function hashOf(parameters: PoleParameters): string {
  return createHash('sha256').update(JSON.stringify(parameters)).digest('hex');
}
