import { type Kysely, sql } from 'kysely';
import type { DivisionSummary } from '../../contracts/divisions.ts';
import type { Divided } from '../../core/flows/apportion.ts';
import type { Remark } from '../../imports/rows.ts';
import type { Schema } from '../schema.ts';

/** Names the advisory lock of `lock`; any constant will do. */
const DIVISION_TURN = 20_190_621;

/** What the leaves of a vintage are, and who stands in the way of changing them. */
export function divisionRepository(db: Kysely<Schema>) {
  return {
    /** One division at a time, until the transaction ends. */
    async lock(): Promise<void> {
      await sql`select pg_advisory_xact_lock(${DIVISION_TURN}::integer)`.execute(db);
    },

    /** Divided communes with their leaves, by code; empty where nothing is divided. */
    async list(vintage: string): Promise<DivisionSummary[]> {
      const { rows } = await sql<DivisionSummary>`
        select p.code, p.name, p.population, d.source, d.by_area as "byArea", d.remarks,
          st_x(p.point) as lon, st_y(p.point) as lat,
          array_agg(u.code order by u.code collate "C") as units
        from unit p join unit u on u.parent = p.code
        join division d on d.commune = p.code
        where p.vintage = ${vintage} and not p.leaf
        group by p.code, d.commune order by p.code collate "C"`.execute(db);
      return rows.map(({ lon, lat, ...row }) => ({
        ...row,
        lon: Math.round(lon * 1e6) / 1e6,
        lat: Math.round(lat * 1e6) / 1e6,
      }));
    },

    /** The share of each leaf in the residents of its commune. */
    async shares(vintage: string): Promise<Divided[]> {
      const { rows } = await sql<Divided>`
        select commune, jsonb_agg(jsonb_build_object('code', leaf, 'share', share)
          order by leaf collate "C") as leaves
        from leaf_share where vintage = ${vintage}
        group by commune order by commune collate "C"`.execute(db);
      return rows;
    },

    /** Communes of the vintage among `codes`, with whether they are divided. */
    async communes(
      vintage: string,
      codes: string[],
    ): Promise<{ code: string; name: string; population: number; leaf: boolean }[]> {
      return db
        .selectFrom('unit')
        .select(['code', 'name', 'population', 'leaf'])
        .where('vintage', '=', vintage)
        .where('parent', 'is', null)
        .where(sql<boolean>`code = any(${codes}::text[])`)
        .orderBy(sql`code collate "C"`)
        .execute();
    },

    /** Units that `codes` name, held until the transaction ends so that nobody takes them meanwhile. */
    async hold(vintage: string, codes: string[]) {
      return db
        .selectFrom('unit')
        .select(['code', 'name', 'kind', 'parent', 'leaf', 'population'])
        .where('vintage', '=', vintage)
        .where(sql<boolean>`code = any(${codes}::text[])`)
        .orderBy(sql`code collate "C"`)
        .forUpdate()
        .execute();
    },

    async leavesOf(commune: string): Promise<string[]> {
      const rows = await db
        .selectFrom('unit')
        .select('code')
        .where('parent', '=', commune)
        .orderBy(sql`code collate "C"`)
        .execute();
      return rows.map(({ code }) => code);
    },

    /** Numbers for `count` new sectors of a commune, the first of them; `atLeast` are known taken. */
    async nextSector(commune: string, count: number, atLeast = 0): Promise<number> {
      const { rows } = await sql<{ given: number }>`
        insert into sector_code (commune, given)
        values (${commune}, ${atLeast}::integer + ${count}::integer)
        on conflict (commune) do update
          set given = greatest(sector_code.given, ${atLeast}::integer) + ${count}::integer
        returning given`.execute(db);
      return rows[0]!.given - count;
    },

    async sectorsGiven(communes: string[]): Promise<Map<string, number>> {
      const rows = await db
        .selectFrom('sector_code')
        .select(['commune', 'given'])
        .where(sql<boolean>`commune = any(${communes}::text[])`)
        .execute();
      return new Map(rows.map(({ commune, given }) => [commune, given]));
    },

    /** Proposals that wait or run: they read the leaves once and write members of them later. */
    async proposalsUnderWay(vintage: string): Promise<number[]> {
      const rows = await db
        .selectFrom('proposal_run')
        .select('id')
        .where('vintage', '=', vintage)
        .where('status', 'in', ['queued', 'running'])
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },

    /** Open CPTS that hold some of the units without the others. */
    async cptsThatSplit(units: string[]): Promise<{ id: number; name: string }[]> {
      const { rows } = await sql<{ id: number; name: string }>`
        select c.id, c.name from cpts_member m join cpts c on c.id = m.cpts
        where m.unit = any(${units}::text[]) and c.status <> 'closed'
        group by c.id, c.name having count(*) < ${units.length}::integer order by c.id`.execute(db);
      return rows;
    },

    /** Proposals whose territories part the units, or leave some out. */
    async proposalsThatSplit(units: string[]): Promise<number[]> {
      const { rows } = await sql<{ run: number }>`
        select run from proposal_member where unit = any(${units}::text[])
        group by run having count(distinct territory) > 1 or count(*) < ${units.length}::integer
        order by run`.execute(db);
      return rows.map(({ run }) => run);
    },

    async describe(
      commune: string,
      told: { source: string; byArea: boolean; remarks: Remark[] },
    ): Promise<void> {
      const remarks = JSON.stringify(told.remarks);
      await db
        .insertInto('division')
        .values({ commune, source: told.source, by_area: told.byArea, remarks })
        .onConflict((on) =>
          on.column('commune').doUpdateSet({ source: told.source, by_area: told.byArea, remarks }),
        )
        .execute();
    },

    /** The revision that the leaves of the vintage now are. */
    async revise(vintage: string): Promise<number> {
      const { revision } = await db
        .updateTable('vintage')
        .set((eb) => ({ revision: eb('revision', '+', 1) }))
        .where('id', '=', vintage)
        .returning('revision')
        .executeTakeFirstOrThrow();
      return revision;
    },
  };
}
