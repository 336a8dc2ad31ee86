import { type Kysely, sql } from 'kysely';
import type { Conflict, CptsStatus } from '../../contracts/cpts.ts';
import type { CptsStep } from '../../contracts/cpts-life.ts';
import type { Day } from '../../core/life/days.ts';
import type { UnitChange } from '../../core/territory/change.ts';
import { insertColumns } from '../insert-columns.ts';
import type { Schema } from '../schema.ts';

/** Names the advisory lock of `takeTurn`; any constant will do. */
const DECISION_TURN = 20_190_620;

/** A CPTS that nobody else changes until the transaction ends. */
export interface HeldCpts {
  id: number;
  name: string;
  status: CptsStatus;
  recognised: boolean;
  since: Day;
  /** number of the version in force */
  version: number;
  units: string[];
}

/** What a CPTS enters. */
interface NewStep {
  step: CptsStep;
  status: CptsStatus;
  since: Day;
  actor: string;
  reason: string;
}

/** Steps of CPTS and changes of what they hold. Everything belongs inside one transaction. */
export function cptsLifeRepository(db: Kysely<Schema>) {
  return {
    /**
     * Takes the turn to decide until the transaction ends. One turn for all: two decisions that share
     * several communes would else take them in opposite orders and deadlock. Taken before `hold`.
     */
    async takeTurn(): Promise<void> {
      await sql`select pg_advisory_xact_lock(${DECISION_TURN}::integer)`.execute(db);
    },

    /**
     * Nobody else changes these CPTS until the transaction ends; in the order of their numbers, so
     * that two who hold several do not wait for each other. What refers to them may still be written.
     */
    async hold(ids: number[]): Promise<HeldCpts[]> {
      // Locked first, read after: a row read before its lock came may be out of date.
      await sql`select from cpts where id = any(${ids}::integer[])
        order by id for no key update`.execute(db);
      const { rows } = await sql<HeldCpts>`
        select c.id, c.name, c.status, c.recognised, c.version,
          to_char(c.since, 'YYYY-MM-DD') as since,
          (select coalesce(array_agg(m.unit order by m.unit collate "C"), '{}')
            from cpts_member m where m.cpts = c.id) as units
        from cpts c where c.id = any(${ids}::integer[]) order by c.id`.execute(db);
      return rows;
    },

    /** Codes of the departments that units are in. */
    async departmentsOf(units: string[]): Promise<string[]> {
      const { rows } = await sql<{ department: string }>`
        select distinct department collate "C" as department from unit
        where code = any(${units}::text[]) order by 1`.execute(db);
      return rows.map(({ department }) => department);
    },

    /** How many steps a CPTS went through, its creation included. */
    async stepsTaken(id: number): Promise<number> {
      const { taken } = await db
        .selectFrom('cpts_step')
        .select((s) => s.fn.countAll<number>().as('taken'))
        .where('cpts', '=', id)
        .executeTakeFirstOrThrow();
      return taken;
    },

    /**
     * A CPTS enters a step; members' `recognised` follows, and breaks `cpts_member_one_recognised`
     * where another recognised CPTS holds one of its units.
     */
    async enter(id: number, { step, status, since, actor, reason }: NewStep): Promise<void> {
      await sql`
        insert into cpts_step (cpts, number, step, status, since, actor, reason)
        select ${id}, max(number) + 1, ${step}, ${status}, ${since}::date, ${actor}, ${reason}
        from cpts_step where cpts = ${id}`.execute(db);
      await db.updateTable('cpts').set({ status, since }).where('id', '=', id).execute();
    },

    /** Keeps who opposed a territory, and why; null forgets it. */
    async setOpposition(
      id: number,
      opposition: { reason: string; on: Day; by: string } | null,
    ): Promise<void> {
      await db
        .updateTable('cpts')
        .set({
          opposed_on: opposition?.on ?? null,
          opposed_by: opposition?.by ?? null,
          opposed_reason: opposition?.reason ?? null,
        })
        .where('id', '=', id)
        .execute();
    },

    /**
     * What a CPTS that was not recognised holds now counts as held from an earlier day, that of a
     * decision on it: versions between are in the way, and last less than a day.
     */
    async countFrom(id: number, day: Day): Promise<void> {
      await sql`
        update cpts_version set since = least(since, ${day}::date),
          until = case when until > ${day}::date then ${day}::date else until end
        where cpts = ${id} and since is not null and (since > ${day}::date or until > ${day}::date)`.execute(
        db,
      );
      await sql`update cpts_step set since = ${day}::date
        where cpts = ${id} and number = 1 and since > ${day}::date`.execute(db);
    },

    /** Takes units from a CPTS. */
    async release(id: number, units: string[]): Promise<void> {
      await sql`delete from cpts_member
        where cpts = ${id} and unit = any(${units}::text[])`.execute(db);
    },

    /** Gives units to a CPTS; breaks `cpts_member_one_recognised` like `enter`. */
    async take({ id, recognised }: HeldCpts, units: string[]): Promise<void> {
      await insertColumns(db, 'cpts_member', [
        { name: 'cpts', type: 'integer', values: units.map(() => id) },
        { name: 'unit', type: 'text', values: units },
        { name: 'recognised', type: 'boolean', values: units.map(() => recognised) },
      ]);
    },

    /** Changes the units of a CPTS, whose version in force is then another. */
    async move(cpts: HeldCpts, version: number, { added, removed }: UnitChange): Promise<void> {
      await this.release(cpts.id, removed);
      await this.take(cpts, added);
      await this.setVersion(cpts.id, version);
    },

    async setVersion(id: number, version: number): Promise<void> {
      await db.updateTable('cpts').set({ version }).where('id', '=', id).execute();
    },

    /** Recognised CPTS that hold some of the units, this one left out. */
    async conflicts(id: number, units: string[]): Promise<Conflict[]> {
      const { rows } = await sql<Conflict>`
        select jsonb_build_object('id', c.id, 'name', c.name, 'status', c.status) as cpts,
          jsonb_agg(jsonb_build_object('code', u.code, 'name', u.name,
            'population', u.population) order by u.population desc, u.code) as units,
          sum(u.population) as population
        from cpts_member m join cpts c on c.id = m.cpts join unit u on u.code = m.unit
        where m.recognised and m.cpts <> ${id} and m.unit = any(${units}::text[])
        group by c.id, c.name, c.status order by sum(u.population) desc, c.id`.execute(db);
      return rows;
    },

    /** Other CPTS that were recognised on some of the units on a day or after it. */
    async pastConflicts(id: number, units: string[], from: Day): Promise<PastConflict[]> {
      const { rows } = await sql<PastConflict>`
        select jsonb_build_object('id', c.id, 'name', c.name, 'status', c.status) as cpts,
          to_char(max(h.until), 'YYYY-MM-DD') as until,
          jsonb_agg(distinct jsonb_build_object('code', u.code, 'name', u.name,
            'population', u.population)) as units
        from cpts_phase h join cpts c on c.id = h.cpts
        join unit u on u.code = any(h.units) and u.code = any(${units}::text[])
        where h.recognised and h.cpts <> ${id} and h.units && ${units}::text[]
          and h.until > ${from}::date
        group by c.id, c.name, c.status order by max(h.until) desc, c.id`.execute(db);
      return rows;
    },

    /** CPTS whose project waits, with the day it was deposited; the longest first. */
    async waitingProjects(): Promise<{ id: number; since: Day }[]> {
      const { rows } = await sql<{ id: number; since: Day }>`
        select id, to_char(since, 'YYYY-MM-DD') as since from cpts
        where status = 'project_submitted' order by cpts.since, id`.execute(db);
      return rows;
    },
  };
}

/** A CPTS that was recognised on units until a day (the first when it was no longer). */
export interface PastConflict extends Pick<Conflict, 'cpts' | 'units'> {
  until: Day;
}
