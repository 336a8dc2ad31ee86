import { type Kysely, sql } from 'kysely';
import type { Conflict, Cpts, CptsStatus } from '../../contracts/cpts.ts';
import type { UnitChange } from '../../core/territory/change.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';
import { rounded } from './flows.ts';

type CptsRow = Omit<Cpts, 'inBand' | 'createdAt' | 'forkedFrom'> & {
  created_at: Date;
  forked_from: number | null;
  forked_version: number | null;
};

const isRecognised = (status: CptsStatus): boolean =>
  ['territory_accepted', 'project_submitted', 'project_validated', 'aci_signed'].includes(status);

/** Names the advisory lock of `lock`; any constant will do. */
const STATUS_TURN = 20_190_620;

/** CPTS, their current members and their versions. Writes belong inside one transaction. */
export function cptsRepository(db: Kysely<Schema>) {
  const select = (condition: ReturnType<typeof sql>, limit: number, offset: number) =>
    sql<CptsRow>`
      select c.id, c.name, c.status, c.recognised, c.version, c.created_at, c.forked_from,
        c.forked_version,
        coalesce(array_agg(u.code order by u.code collate "C"), '{}') as units,
        coalesce(sum(u.population), 0) as population,
        coalesce(sum(u.area_km2), 0) as "areaKm2"
      from (select * from cpts where ${condition} order by id limit ${limit} offset ${offset}) c
      join cpts_member m on m.cpts = c.id join unit u on u.code = m.unit
      group by c.id, c.name, c.status, c.recognised, c.version, c.created_at, c.forked_from,
        c.forked_version
      order by c.id`.execute(db);

  return {
    /** Creates a CPTS, whose first version is to be written beside it; units must be loaded. */
    async insert(
      name: string,
      status: CptsStatus,
      units: string[],
      forkedFrom: { id: number; version: number } | null,
    ): Promise<number> {
      const { id } = await db
        .insertInto('cpts')
        .values({
          name,
          status,
          forked_from: forkedFrom?.id ?? null,
          forked_version: forkedFrom?.version ?? null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await insertColumns(db, 'cpts_member', [
        { name: 'cpts', type: 'integer', values: units.map(() => id) },
        { name: 'unit', type: 'text', values: units },
        { name: 'recognised', type: 'boolean', values: units.map(() => isRecognised(status)) },
      ]);
      return id;
    },

    /**
     * Creates ideas, one a list of units, whose first versions are to be written beside them; answers
     * their numbers in order. Units must be loaded.
     */
    async insertIdeas(names: string[], units: string[][]): Promise<number[]> {
      const { rows } = await sql<{ id: number }>`
        insert into cpts (name, status) select name, 'idea'
        from unnest(${names}::text[]) with ordinality as wanted(name, at) order by at
        returning id`.execute(db);
      const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
      const members = units.flatMap((codes, k) => codes.map((unit) => ({ cpts: ids[k]!, unit })));
      await insertColumns(db, 'cpts_member', [
        { name: 'cpts', type: 'integer', values: members.map(({ cpts }) => cpts) },
        { name: 'unit', type: 'text', values: members.map(({ unit }) => unit) },
        { name: 'recognised', type: 'boolean', values: members.map(() => false) },
      ]);
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

    /**
     * Takes the turn to change the status of a CPTS until the transaction ends. One turn for all:
     * two acceptances that share several communes would else take them in opposite orders and
     * deadlock.
     */
    async lock(id: number): Promise<CptsStatus | undefined> {
      await sql`select pg_advisory_xact_lock(${STATUS_TURN}::integer)`.execute(db);
      const row = await db
        .selectFrom('cpts')
        .select('status')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      return row?.status;
    },

    /** Nobody else changes the CPTS until the transaction ends. */
    async hold(id: number): Promise<{ status: CptsStatus; version: number } | undefined> {
      return db
        .selectFrom('cpts')
        .select(['status', 'version'])
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
    },

    /** Changes the units of a CPTS that is not recognised, in its next version. */
    async moveTo(id: number, version: number, { added, removed }: UnitChange): Promise<void> {
      await db
        .deleteFrom('cpts_member')
        .where('cpts', '=', id)
        .where(sql<boolean>`unit = any(${removed}::text[])`)
        .execute();
      await insertColumns(db, 'cpts_member', [
        { name: 'cpts', type: 'integer', values: added.map(() => id) },
        { name: 'unit', type: 'text', values: added },
        { name: 'recognised', type: 'boolean', values: added.map(() => false) },
      ]);
      await db.updateTable('cpts').set({ version }).where('id', '=', id).execute();
    },

    /** The members' `recognised` follows; breaks `cpts_member_one_recognised` on a conflict. */
    async setStatus(id: number, status: CptsStatus): Promise<void> {
      await db.updateTable('cpts').set({ status }).where('id', '=', id).execute();
    },

    /** Recognised CPTS that hold units of this one. */
    async conflicts(id: number): Promise<Conflict[]> {
      const { rows } = await sql<Conflict>`
        select jsonb_build_object('id', c.id, 'name', c.name, 'status', c.status) as cpts,
          jsonb_agg(jsonb_build_object('code', u.code, 'name', u.name,
            'population', u.population) order by u.population desc, u.code) as units,
          sum(u.population) as population
        from cpts_member mine
        join cpts_member other on other.unit = mine.unit and other.cpts <> mine.cpts
          and other.recognised
        join cpts c on c.id = other.cpts
        join unit u on u.code = mine.unit
        where mine.cpts = ${id}
        group by c.id, c.name, c.status order by sum(u.population) desc, c.id`.execute(db);
      return rows;
    },
  };
}

function toCpts({ created_at, forked_from, forked_version, ...row }: CptsRow): Cpts {
  return {
    ...row,
    areaKm2: rounded(row.areaKm2, 2),
    inBand: row.population >= 30_000 && row.population <= 100_000,
    forkedFrom:
      forked_from === null || forked_version === null
        ? null
        : { id: forked_from, version: forked_version },
    createdAt: created_at.toISOString(),
  };
}
