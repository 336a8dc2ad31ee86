import { type Kysely, sql } from 'kysely';
import type { Cpts } from '../../contracts/cpts.ts';
import type { Day } from '../../core/life/days.ts';
import { deemedValidatedOn } from '../../core/life/deadline.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';
import { rounded } from './flows.ts';

/** A CPTS as it is read, before its figures are worked out. */
export type CptsRow = Omit<
  Cpts,
  'inBand' | 'createdAt' | 'forkedFrom' | 'deemedValidatedOn' | 'opposition'
> & {
  created_at: Date;
  forked_from: number | null;
  forked_version: number | null;
  opposed_on: Day | null;
  opposed_by: string | null;
  opposed_reason: string | null;
};

/** A CPTS that is not closed, with its units of one vintage. */
export type OpenCpts = Pick<Cpts, 'id' | 'name' | 'status' | 'recognised' | 'units'>;

/** Who created CPTS, and the day of it. */
interface Creation {
  actor: string;
  on: Day;
}

/** CPTS, their current members and their versions. Writes belong inside one transaction. */
export function cptsRepository(db: Kysely<Schema>) {
  const select = (condition: ReturnType<typeof sql>, limit: number, offset: number) =>
    sql<CptsRow>`
      select c.id, c.name, c.status, to_char(c.since, 'YYYY-MM-DD') as since, c.recognised,
        c.version, p.number as proposed, c.created_at, c.forked_from, c.forked_version,
        to_char(c.opposed_on, 'YYYY-MM-DD') as opposed_on, c.opposed_by, c.opposed_reason,
        held.*
      from (select * from cpts where ${condition} order by id limit ${limit} offset ${offset}) c
      left join cpts_version p on p.cpts = c.id and p.state = 'proposed'
      join lateral (
        select array_agg(u.code order by u.code collate "C") as units,
          sum(u.population) as population, sum(u.area_km2) as "areaKm2",
          array_agg(distinct u.department collate "C") as departments
        from cpts_member m join unit u on u.code = m.unit where m.cpts = c.id
      ) held on held.units is not null
      order by c.id`.execute(db);

  /** Members and first step of ideas. */
  async function addFirst(ids: number[], units: string[][], { actor, on }: Creation) {
    await sql`
      insert into cpts_step (cpts, number, step, status, since, actor)
      select id, 1, 'create', 'idea', ${on}::date, ${actor}
      from unnest(${ids}::integer[]) as made(id)`.execute(db);
    const members = units.flatMap((codes, k) => codes.map((unit) => ({ cpts: ids[k]!, unit })));
    await insertColumns(db, 'cpts_member', [
      { name: 'cpts', type: 'integer', values: members.map(({ cpts }) => cpts) },
      { name: 'unit', type: 'text', values: members.map(({ unit }) => unit) },
      { name: 'recognised', type: 'boolean', values: members.map(() => false) },
    ]);
  }

  return {
    /** Creates an idea, whose first version is to be written beside it; units must be loaded. */
    async insert(
      name: string,
      units: string[],
      forkedFrom: { id: number; version: number } | null,
      made: Creation,
    ): Promise<number> {
      const { id } = await db
        .insertInto('cpts')
        .values({
          name,
          status: 'idea',
          since: made.on,
          forked_from: forkedFrom?.id ?? null,
          forked_version: forkedFrom?.version ?? null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await addFirst([id], [units], made);
      return id;
    },

    /**
     * Creates ideas, one a list of units, whose first versions are to be written beside them; answers
     * their numbers in order. Units must be loaded.
     */
    async insertIdeas(names: string[], units: string[][], made: Creation): Promise<number[]> {
      const { rows } = await sql<{ id: number }>`
        insert into cpts (name, status, since) select name, 'idea', ${made.on}::date
        from unnest(${names}::text[]) with ordinality as wanted(name, at) order by at
        returning id`.execute(db);
      const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
      await addFirst(ids, units, made);
      return ids;
    },

    /** Units of some CPTS, by number then code. */
    async unitsOf(ids: number[]): Promise<{ id: number; units: string[] }[]> {
      const { rows } = await sql<{ id: number; units: string[] }>`
        select cpts as id, array_agg(unit order by unit collate "C") as units
        from cpts_member where cpts = any(${ids}::integer[]) group by cpts order by cpts`.execute(
        db,
      );
      return rows;
    },

    /** Names of the CPTS that are not closed. */
    async namesInUse(): Promise<string[]> {
      const rows = await db
        .selectFrom('cpts')
        .select('name')
        .where('status', '<>', 'closed')
        .execute();
      return rows.map(({ name }) => name);
    },

    /** Those that are not closed and hold units of the vintage, with these units, by number. */
    async openIn(vintage: string): Promise<OpenCpts[]> {
      const { rows } = await sql<OpenCpts>`
        select c.id, c.name, c.status, c.recognised,
          array_agg(u.code order by u.code collate "C") as units
        from cpts c join cpts_member m on m.cpts = c.id join unit u on u.code = m.unit
        where c.status <> 'closed' and u.vintage = ${vintage} group by c.id order by c.id`.execute(
        db,
      );
      return rows;
    },

    /** Units of each recognised CPTS that are in the vintage, by number then code. */
    async recognisedUnits(vintage: string): Promise<{ id: number; units: string[] }[]> {
      const { rows } = await sql<{ id: number; units: string[] }>`
        select m.cpts as id, array_agg(u.code order by u.code collate "C") as units
        from cpts_member m join unit u on u.code = m.unit
        where m.recognised and u.vintage = ${vintage} group by m.cpts order by m.cpts`.execute(db);
      return rows;
    },

    /** Those that hold units of the vintage. */
    async list(
      vintage: string,
      limit: number,
      offset: number,
    ): Promise<{ items: Cpts[]; total: number }> {
      const held = sql`exists (select from cpts_member m join unit u on u.code = m.unit
        where m.cpts = cpts.id and u.vintage = ${vintage})`;
      const { rows } = await select(held, limit, offset);
      const count = await sql<{ total: number }>`
        select count(*) as total from cpts where ${held}`.execute(db);
      return { items: rows.map(toCpts), total: count.rows[0]?.total ?? 0 };
    },

    async byId(id: number): Promise<Cpts | undefined> {
      const { rows } = await select(sql`id = ${id}`, 1, 0);
      return rows[0] && toCpts(rows[0]);
    },
  };
}

export function toCpts({
  created_at,
  forked_from,
  forked_version,
  opposed_on,
  opposed_by,
  opposed_reason,
  ...row
}: CptsRow): Cpts {
  return {
    ...row,
    areaKm2: rounded(row.areaKm2, 2),
    inBand: row.population >= 30_000 && row.population <= 100_000,
    deemedValidatedOn: deemedValidatedOn(row.status, row.since),
    opposition:
      opposed_on === null || opposed_by === null || opposed_reason === null
        ? null
        : { reason: opposed_reason, on: opposed_on, by: opposed_by },
    forkedFrom:
      forked_from === null || forked_version === null
        ? null
        : { id: forked_from, version: forked_version },
    createdAt: created_at.toISOString(),
  };
}
